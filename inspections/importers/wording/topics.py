"""What a visit looked at, in words → topic codes. Pure.

The codes are those of the record: front_door, children_in_need_or_protection_plan,
vulnerable_adolescents, children_in_care, permanence, care_leavers, assurance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import plain

_PATTERNS = (
    (
        "front_door",
        r"front.?door|first point of contact|contacts?,? (?:and )?referrals?|"
        r"multi-?agency safeguarding hub|\bmash\b",
    ),
    (
        "vulnerable_adolescents",
        r"vulnerable adolescents?|extra[- ]?familial|exploitation|"
        r"outside (?:of )?(?:the|their) (?:family|home)",
    ),
    (
        "children_in_need_or_protection_plan",
        r"child(?:ren)? in need|protection plan|subject to (?:a |an )?(?:child(?:ren)?(?:'s)? )?"
        r"(?:protection )?plans?|need of (?:help (?:and|or) )?protection|child protection",
    ),
    ("permanence", r"permanenc[ey]"),
    (
        "children_in_care",
        r"children (?:and young people )?in (?:the )?(?:local authority's )?care\b|"
        r"looked.after children|children (?:who are )?looked after|"
        r"placement decision|placement,? and decision|children who come into care",
    ),
    ("care_leavers", r"care leavers?|care.experienced|leaving care|left care"),
)
_THEMES = {
    "front door": ("front_door",),
    "children in need/subject to a plan": ("children_in_need_or_protection_plan",),
    "children in care": ("children_in_care",),
    "care leavers": ("care_leavers",),
    "achieving permanence": ("permanence",),
    "planning and achieving permanence": ("permanence",),
    "children in need or subject to a plan": ("children_in_need_or_protection_plan",),
    "children in need or subject to a protection plan": ("children_in_need_or_protection_plan",),
    "children in need or subject to a child protection plan": (
        "children_in_need_or_protection_plan",
    ),
    "permanence": ("permanence",),
    "vulnerable adolescents": ("vulnerable_adolescents",),
    "vulnerable children at risk outside the family": ("vulnerable_adolescents",),
    "placement decision-making for older children": ("children_in_care",),
    "assurance visit": ("assurance",),
}
_ASIDE = re.compile(
    r",? ?(?:\b(?:with|having) (?:a|an) (?:particular |specific |primary )?focus|"
    r"\bspecifically\b|\bin particular\b|\bincluding\b|\bbut not\b|\bwith particular\b).*"
)
_LOOKED = (
    r"(?:looked (?:in detail )?at|considered|evaluated|focused (?:\w+ )?on|concentrated on|"
    r"reviewed|assessed|examined|explored)"
)
_BEGINNING = (
    rf"(?:(?P<specific>specifically,? (?:inspectors|they|we) )|(?:inspectors|we) (?P<also>also )?|"
    rf"(?:this|the) visit (?=focused|concentrated)){_LOOKED}|"
    r"the (?:primary |main )?focus of (?:this|the) visit was"
)
_SCOPE = re.compile(
    rf"(?:{_BEGINNING}) (?P<s>.+?)(?:\.(?=\s+[A-Z])|:|\.?$)", re.IGNORECASE | re.DOTALL
)
_LIST = re.compile(
    # Letters after monitoring visits name the areas of concern as bullets.
    rf"(?:{_BEGINNING}) [^.:]{{3,200}}: (?P<l>.{{3,1500}}?)(?=\b(?:This visit|The visit|A range of|"
    r"Inspectors|Headline findings|Overview|Findings|Her Majesty|His Majesty)\b|$)",
    re.IGNORECASE | re.DOTALL,
)
_EVIDENCE = re.compile(
    r"(?i)^(?:a (?:wide |broad )?(?:range|variety) of|"
    r"(?:the |relevant )?(?:local authority(?:'s)? )?(?:relevant )?"
    r"(?:evidence|case|audits?|records?|performance)\b|"
    r"children's (?:case |electronic )?(?:records|files|cases)|individual)"
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
EARLIER = re.compile(
    r"(?i)\b(?:previous|last|earlier|preceding|that) (?:\w+ )?(?:visit|inspection)\b|"
    r"\b(?:at|during|in|after) (?:the|our) (?:first|second|third|fourth|fifth)\b|\bpreviously\b|"
    rf"\bin (?:{'|'.join(_MONTHS)})\b"
)
"""Said of another visit than this one, where it begins the sentence."""
_ARRANGEMENTS = re.compile(r"(?i)^the (?:local authority|council)'s arrangements for\b")
_ALONE = ("front_door", "vulnerable_adolescents")
_HELP = ("children_in_need_or_protection_plan",)


def read_theme(text: str) -> tuple[str, ...] | None:
    """Topic codes of a workbook's "Visit theme", or ``None`` for an unknown theme."""
    return _THEMES.get(plain(text).lower())


@dataclass(frozen=True)
class LetterScope:
    """What a letter says that inspectors looked at: the sentence's rest, and its topics' codes."""

    text: str = ""
    topics: tuple[str, ...] | None = None


def read_scope(text: str) -> LetterScope:
    """The scope of this visit, from the sentences before a letter's first heading.

    The first sentence whose words are known tells the topics. "Specifically, inspectors looked
    at" the front door or vulnerable adolescents narrows help and protection down to these;
    "Inspectors also looked at the local authority's arrangements for" adds one. What inspectors
    looked at on an earlier visit, and their evidence, are no scope.
    """
    text = plain(text)
    first, topics = "", None
    for match in _SCOPE.finditer(text):
        scope = match["s"].strip()
        begin = max((text.rfind(mark, 0, match.start()) for mark in (". ", ": ")), default=-1)
        if _EVIDENCE.match(scope) or EARLIER.search(text[begin + 1 : match.start()]):
            continue
        first = first or scope
        found = read_topics(scope)
        if found is None or found == topics:
            continue
        if topics is None:
            topics = None if match["also"] and not _ARRANGEMENTS.match(scope) else found
        elif match["specific"] and found[0] in _ALONE and topics == _HELP:
            topics = found
        elif match["also"] and _ARRANGEMENTS.match(scope) and not {*topics, *found} & {*_ALONE}:
            topics = tuple(dict.fromkeys((*topics, *found)))
    return LetterScope(first, topics)


def read_listed_topics(text: str) -> tuple[str, ...] | None:
    """The one topic of a list after "Inspectors reviewed the progress made in:"; several: none.

    Areas of concern overlap: where a list names several topics, a person has to choose.
    """
    for match in _LIST.finditer(plain(text)):
        codes = {code for _, code in _codes(match["l"].lower())}
        if codes:
            return (codes.pop(),) if len(codes) == 1 else None
    return None


def read_topics(scope: str) -> tuple[str, ...] | None:
    """Topic codes for a scope sentence; ``None`` where the words fit none.

    Front door and vulnerable adolescents stand alone: the groups of children named after them
    say where inspectors looked. Permanence named before children in care is the one topic;
    named after, both are.
    """
    whole = plain(scope).lower()
    text = _ASIDE.sub("", whole)
    found = _codes(text)
    if not found:
        found = _codes(whole.replace("but not care leavers", ""))
    if not found:
        return None
    codes = [code for _, code in sorted(found)]
    for alone in _ALONE:
        if codes[0] == alone or (alone in codes and alone == "vulnerable_adolescents"):
            return (alone,)
    if "permanence" in codes and "children_in_care" in codes and codes[0] == "permanence":
        codes.remove("children_in_care")
    return tuple(codes)


def _codes(text: str) -> list[tuple[int, str]]:
    found = []
    for code, pattern in _PATTERNS:
        match = re.search(pattern, text)
        if match:
            found.append((match.start(), code))
    return found

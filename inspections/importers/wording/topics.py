"""What a visit looked at, in words → topic codes. Pure.

The codes are those of the record: front_door, children_in_need_or_protection_plan,
vulnerable_adolescents, children_in_care, permanence, care_leavers, assurance.
"""

from __future__ import annotations

import re

from .text import plain

_PATTERNS = (
    ("front_door", r"front.?door|first point of contact|contacts?,? (?:and )?referrals?"),
    (
        "vulnerable_adolescents",
        r"vulnerable adolescents?|extra-?familial|exploitation|"
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
        r"looked.after children|children looked after|"
        r"placement decision|placement,? and decision|children who come into care",
    ),
    ("care_leavers", r"care leavers?|care-experienced|leaving care"),
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
    r",?\s*(?:\b(?:with|having) (?:a|an) (?:particular |specific |primary )?focus|"
    r"\bspecifically\b|\bin particular\b|\bincluding\b|\bbut not\b|\bwith particular\b).*"
)
_BEGINNING = (
    r"(?:inspectors (?:also )?(?:looked at|considered|evaluated|focused on|reviewed|assessed|"
    r"examined|explored|looked in detail at)|(?:this|the) visit (?:focused|concentrated) on|"
    r"the (?:primary |main )?focus of (?:this|the) visit was)"
)
_SCOPE = re.compile(
    rf"{_BEGINNING} (?P<s>.+?)(?:\.(?=\s+[A-Z])|:|\.$)",
    re.IGNORECASE | re.DOTALL,
)
_LIST = re.compile(
    # Letters after monitoring visits name the areas of concern as bullets.
    rf"{_BEGINNING} [^.:]{{3,200}}: (?P<l>.{{3,1500}}?)(?=\b(?:This visit|The visit|A range of|"
    r"Inspectors|Headline findings|Overview|Findings|Her Majesty|His Majesty)\b)",
    re.IGNORECASE | re.DOTALL,
)
_EVIDENCE = re.compile(r"(?i)^(?:a (?:wide |broad )?(?:range|variety) of|evidence|case)")


def read_theme(text: str) -> tuple[str, ...] | None:
    """Topic codes of a workbook's "Visit theme", or ``None`` for an unknown theme."""
    return _THEMES.get(plain(text).lower())


def find_scope(text: str) -> str | None:
    """The sentence that says what inspectors looked at, without its beginning."""
    for match in _SCOPE.finditer(plain(text)):
        scope = match["s"].strip()
        if not _EVIDENCE.match(scope):
            return scope
    return None


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
    for alone in ("front_door", "vulnerable_adolescents"):
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

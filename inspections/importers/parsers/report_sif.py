"""Reports of the single inspection framework, 2013 to 2018, and reviews of a board alone. Pure.

The table has five numbered rows; the grade for the whole is a sentence above it, the grade of
the safeguarding board a sentence on the cover (2013-14) or at the head of its own section.
"""

import re
from collections.abc import Sequence

from ...framework_rows import Framework
from ...records import DocumentReading, Problems
from ...rules.matching import bare_name
from ..readers.pages import Pdf, TextLine
from ..rules import ReadingRules
from ..wording.grades import GRADE_WORDINGS, NOT_JUDGED, Wordings, grade_pattern, read_grade
from ..wording.text import plain
from .agreement import NONE, Agreed, agree
from .heads import framework_with, read_head
from .judgement_table import AreaMatcher, ReadGrade, by_positions, by_text
from .pdf_text import Flat, flatten, without_furniture
from .recommendations import recommendations

_TITLE = re.compile(
    r"\b(?:re-?\s?)?inspection of services for children in need of help and protection"
)
_REVIEW = re.compile(r"\breview of the effectiveness of the local safeguarding children board")
_AGAIN = re.compile(r"\bre-?\s?inspection of services for children in need")
_SAYS_AGAIN = re.compile(r"\bthis (?:is a |was a |)re-?inspection\b")
_GRADE = rf"(?P<g>{grade_pattern()})(?![a-z])"
_LINK = r"(?:(?:is|are|it is)\s+)?(?:that\s+(?:it|they)\s+(?:is|are)\s+|that\s+)?"
_OVERALL = (
    re.compile(
        rf"overall judge?ment(?: (?:for|of) [a-z' ]{{3,40}}?)?(?: is)?:? "
        rf"(?:that (?:children's )?services? (?:are |is )?)?(?:of )?{_GRADE}"
    ),
    re.compile(
        r"(?:children's services?|services for children) (?:in .{1,60}? )?"
        rf"(?:(?:are|is) )?{_GRADE}"
    ),
)
_BOARD = re.compile(
    # One report of 2015 forgets the word "Board".
    r"(?:local safeguarding children(?: board)?|safeguarding children board|lscb)"
    rf"(?: \(\w+\))? (?:is |are )?(?:judged to be )?{_GRADE}"
)
_PARTS = re.compile(
    r"graded judge?ment (?:for|of) (?:the )?(?P<a>adoption(?: performance)?|"
    rf"experiences? and progress of (?:the )?care leavers) ?{_LINK}{_GRADE}"
)
_SECTION_NAMES = {
    "help_and_protection": (
        "The experiences and progress of children who need help and protection",
    ),
    "looked_after": (
        "The experiences and progress of children looked after and achieving permanence",
    ),
    "overall": (),
    "lscb": (),
}
_PART_CODES = {"adoption": "adoption", "experience": "care_leavers"}


def is_sif(cover: Flat) -> bool:
    return bool(_TITLE.search(cover.text) or _REVIEW.search(cover.text))


def read_sif(pdf: Pdf, rules: ReadingRules) -> DocumentReading:
    """One report; a board's review published alone gives kind ``lscb_review``."""
    problems = Problems(pdf.file)
    lines = without_furniture(pdf)
    cover = [line for line in lines if line.page == 1]
    cover_flat = flatten(cover)
    board_only = not _TITLE.search(cover_flat.text)
    council = _council(cover, problems)
    head = read_head(pdf, cover, lines, rules.today, problems)
    framework = framework_with(
        {"children who need help and protection", "leadership, management and governance"},
        rules, head, problems,
        "the single framework's table on a day when it was not in force",
        "a first day on site from November 2013 to August 2018",
    )  # fmt: skip
    agreed = NONE
    if framework:
        agreed = (
            _judgement_of_board(lines, council, framework, problems)
            if board_only
            else _judgements(pdf, lines, council, framework, rules.wordings(framework), problems)
        )
    points = None if board_only else recommendations(lines, problems)
    return head.reading(
        pdf,
        problems,
        layout="report_lscb" if board_only else "report_sif",
        council=council,
        framework=framework,
        kind="lscb_review" if board_only else _kind(cover_flat, lines),
        agreed=agreed,
        points=points,
    )


def _council(cover: Sequence[TextLine], problems: Problems) -> str:
    head: list[str] = []
    for line in cover:
        text = plain(line.text)
        if re.match(r"(?i)(?:re-?\s?)?inspection of services|review of the eff", text):
            name = re.sub(r"(?i)\s*(?:local )?safeguarding children board$", "", " ".join(head))
            if name.strip():
                return name.strip()
            break
        if not re.fullmatch(r"[\d\s]*", text):
            head.append(text)
    problems.refuse(
        1, "council", f'"{" ".join(head)[:80]}" above the title',
        "the council's name above the title",
        "Check that this is a report on a council's children's services.",
    )  # fmt: skip
    return ""


def _kind(cover: Flat, lines: Sequence[TextLine]) -> str | None:
    """A re-inspection where title or text says so; else unknown.

    Four re-inspections (of 2015 to 2018, one with a board's review) say so nowhere, so that
    silence does not tell a first inspection.
    """
    if _AGAIN.search(cover.text) or _SAYS_AGAIN.search(flatten(list(lines)).text):
        return "sif_reinspection"
    return None


def _judgement_of_board(
    lines: list[TextLine], council: str, framework: Framework, problems: Problems
) -> Agreed:
    areas = [area for area in framework.areas if area.code == "lscb"]
    return agree(problems, areas, {"headings": _board(lines, council)}, needed=1)


def _judgements(
    pdf: Pdf,
    lines: list[TextLine],
    council: str,
    framework: Framework,
    wordings: Wordings,
    problems: Problems,
) -> Agreed:
    rows = [area for area in framework.areas if area.code not in ("overall", "lscb")]
    matcher = AreaMatcher(rows, wordings, _SECTION_NAMES)
    front = flatten([line for line in lines if line.page <= 2])
    start = re.search(r"(?:1\.? )?children who need help and protection", front.text)
    table, end = by_text(front, matcher, start.start()) if start else ([], 0)
    body = lines[front.line_at(max(0, end - 1)) + 1 :]
    # Footnote marks stand on rows of their own, between the lines of the sentence.
    positioned = "".join(
        plain(s.text).lower() for s in pdf.segments.get(1, ()) if not s.text.strip().isdigit()
    )
    overall_place = _overall(positioned.replace(" ", ""), squeezed=True)
    ways = {
        "text": [*table, *_overall(front.text)],
        "positions": [*by_positions(pdf, [1, 2], matcher), *overall_place],
        "headings": [*matcher.headings(body), *_parts(flatten(body))],
    }
    main = [area for area in framework.areas if area.code != "lscb"]
    judgements, not_judged = agree(problems, main, ways)
    board = _board(lines, council)
    has_review = bool(_REVIEW.search(front.text)) or bool(board)
    more, not_more = agree(
        problems,
        [area for area in framework.areas if area.code == "lscb"],
        {"headings": board},
        needed=1,
        optional=frozenset() if has_review else frozenset({"lscb"}),
    )
    return (*judgements, *more), (*not_judged, *not_more)


def _overall(text: str, *, squeezed: bool = False) -> list[ReadGrade]:
    """The grade of the whole from the cover's sentence, before the first row of the table.

    ``squeezed`` text has no spaces (places on the page tear words apart).
    """
    first_row = "children who need help and protection"
    head = text.split(first_row.replace(" ", "") if squeezed else first_row)[0]
    for pattern in _OVERALL:
        source = pattern.pattern
        if squeezed:
            source = source.replace("(?![a-z])", "").replace(r"\s+", "").replace(" ", "")
        grades = {_any_grade(match["g"]) for match in re.finditer(source, head)}
        if len(grades) == 1 and None not in grades:
            return [ReadGrade("overall", str(grades.pop()), 1)]
    return []


def _any_grade(text: str) -> str | None:
    bare = text.replace(" ", "")
    for code, phrases in GRADE_WORDINGS.items():
        if bare in {phrase.replace(" ", "") for phrase in phrases}:
            return code
    return None


def _board(lines: Sequence[TextLine], council: str) -> list[ReadGrade]:
    """Lines that are the sentence with the board's grade: on the cover, heading its section.

    The board may bear the council's name: "The Exampleshire Safeguarding Children Board is good".
    """
    found = []
    names = "|".join(re.escape(plain(n).lower()) for n in {council, bare_name(council)} if n)
    texts = [plain(line.text).lower() for line in lines]
    for index in range(len(lines)):
        if not re.search(r"safeguarding|effectiveness of the local|\blscb\b", texts[index]):
            continue
        for count in (1, 2, 3):
            text = " ".join(texts[index : index + count])
            match = re.fullmatch(
                r"(?:the )?(?:judge?ment (?:for|of) )?(?:the )?(?:effectiveness of the )?"
                rf"(?:(?:{names})(?:'s)? )?" + _BOARD.pattern + r"[ .:\d]*(?:because:?)?",
                text,
            )
            grade = read_grade(match["g"]) if match else None
            if grade and grade != NOT_JUDGED:
                found.append(ReadGrade("lscb", grade, lines[index].page))
                break
    return found


def _parts(flat: Flat) -> list[ReadGrade]:
    """Sentences in the body that give the grade of adoption and of care leavers."""
    found = []
    for match in _PARTS.finditer(flat.text):
        grade = read_grade(match["g"])
        code = next(code for key, code in _PART_CODES.items() if match["a"].startswith(key))
        if grade:
            found.append(ReadGrade(code, grade, flat.page_at(match.start())))
    return found

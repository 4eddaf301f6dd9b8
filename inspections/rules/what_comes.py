"""What each kind of inspection or visit is: how long, with what notice, what comes of it.

Ofsted's framework could not be read here, so each line says who told it: `secondary` is a
council, the trade press or a sector body. What a source said years ago may have changed.
How long they really took is measured in `questions.lengths`.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SourcedWords:
    """What somebody said, with the place where it can be read; `url` empty without one."""

    words: str
    source: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Comes:
    """One kind of inspection or visit, by the code of its kind. `on_site`, `notice`: None where
    nobody was found to say; how long those on record took is measured."""

    code: str
    name: str
    on_site: SourcedWords | None
    notice: SourcedWords | None
    outcome: str


NOTTINGHAMSHIRE: Final = (
    "Nottinghamshire County Council, one-minute guide",
    "https://www.nottinghamshire.gov.uk/global-content/one-minute-guides/ofsted-inspections",
)
CUMBRIA: Final = (
    "Cumbria's officers to members, 2020",
    "http://councilportal.cumbria.gov.uk/mgAi.aspx?ID=59570",
)
CYPN: Final = (
    "Children and Young People Now, inspections clinic",
    "https://www.cypnow.co.uk/features/article/inspections-clinic-return-of-ofsted-visits-q-a",
)
PRESS_2020: Final = "Luton's officers, press of 2020"
CALLED: Final = SourcedWords(
    "none: the lead inspector rings the director, and inspectors are on site the Monday after",
    *NOTTINGHAMSHIRE,
)

WHAT_COMES: Final = (
    Comes(
        "short",
        "Short inspection",
        None,
        CALLED,
        "a graded report, with the same judgements as a standard one",
    ),
    Comes(
        "standard",
        "Standard inspection",
        None,
        CALLED,
        "a graded report",
    ),
    Comes(
        "focused_visit",
        "Focused visit",
        SourcedWords("two days, usually two inspectors", *CYPN),
        SourcedWords("about 10 working days", *CUMBRIA),
        "a published letter without grades; it may name areas for priority action",
    ),
    Comes(
        "monitoring_visit",
        "Monitoring visit",
        SourcedWords("two days, two inspectors", PRESS_2020),
        SourcedWords("two weeks", PRESS_2020),
        "a letter without grades; that of the first visit is not published",
    ),
    Comes(
        "jtai",
        "Joint targeted area inspection",
        SourcedWords(
            "about three weeks in all, by several inspectorates",
            "Leeds City Council, one-minute guide",
            "https://leeds.gov.uk/one-minute-guides/joint-targeted-area-inspection-domestic-abuse",
        ),
        SourcedWords(
            "10 working days before fieldwork, in an older text of the framework",
            "Joint inspections of arrangements and services, guidance",
            "https://www.gov.uk/government/publications/joint-inspections-of-arrangements-and-"
            "services-for-children-in-need-of-help-and-protection",
        ),
        "a published letter of all inspectorates, without grades",
    ),
)

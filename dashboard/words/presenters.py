"""Rows to the sentences and cells that a page shows."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import words
from inspections.framework_rows import Area, AreaKey, FrameworkBook, Grade, Lane
from inspections.questions.positions import Position
from inspections.rows import Council, Event, Inspection, Judgement, UnreadReport, Visit
from inspections.rules.lanes import counted_in_lane
from inspections.vocabulary import (
    Checked,
    Confidence,
    DatePrecision,
    InspectionKind,
    VisitKind,
    VisitTopic,
)

VISIT_SHAPES = {
    VisitKind.FOCUSED: "◇",
    VisitKind.MONITORING: "▲",
    VisitKind.JTAI: "■",
    VisitKind.ASSURANCE: "○",
}


def grade_tag(grade: Grade | None, *, absent: str = "Not graded") -> SafeString:
    """A grade by letter, word and colour."""
    if grade is None:
        return format_html('<span class="grade grade-none">{}</span>', absent)
    return format_html(
        '<span class="grade g-{}"><b>{}</b> <span>{}</span></span>',
        grade.colour,
        grade.letter,
        grade.name,
    )


def ofsted_page(council: Council) -> str:
    """The address of Ofsted's own page of a council; empty where it does not exist today. Ofsted's
    workbook of 31 March 2025 links each of its 151 councils so, by the number that DfE gave."""
    if not council.dfe_code or not council.existed_on(timezone.localdate()):
        return ""
    return f"https://reports.ofsted.gov.uk/provider/44/{council.dfe_code}"


def webcal(path: str) -> str:
    """The address at which a calendar program subscribes instead of importing once."""
    return f"webcal://{settings.SITE_URL.partition('://')[2]}{path}"


def feeds_of(council: Council) -> list[tuple[str, str]]:
    """Title and address of the council's feed, for the heads of its pages."""
    return [(f"Inspections of {council.short_name}", f"/councils/{council.slug}.atom")]


def grade_mark(grade: Grade | None) -> SafeString:
    """A square with a grade's letter; empty without one."""
    if grade is None:
        return SafeString()
    return format_html(
        '<span class="mark g-{}" role="img" title="{}">{}</span>',
        grade.colour,
        grade.name,
        grade.letter,
    )


def letter_mark(judged: Judgement | None, lane: str = "", *, label: str = "") -> SafeString:
    """A small square with the letter; hatched where areas were judged together.

    A picture whose title is its name: one element, as a list of councils has 600 of them.
    """
    if judged is None:
        return _mark("none", "–", label, "not graded")
    grade, together = judged.grade, judged.area.is_combined and judged.area.lanes[0].code != lane
    if together:
        said = f"{grade.name} (judged together with another area)"
        return _mark(f"g-{grade.colour} together", grade.letter, label, said)
    return _mark(f"g-{grade.colour}", grade.letter, label, grade.name)


@lru_cache(maxsize=2000)
def _mark(look: str, letter: str, label: str, said: str) -> SafeString:
    return format_html(
        '<span class="mark {}" role="img" title="{}: {}">{}</span>', look, label, said, letter
    )


def lane_letters(inspection: Inspection | None, lanes: Sequence[Lane]) -> SafeString:
    """A letter for each lane, in the order of the lanes; copied, they read `G, G, G, RI`."""
    return SafeString(", ".join(_marks(inspection, lanes)))


def lane_cells(
    inspection: Inspection | None, lanes: Sequence[Lane], *, cell: str = '<td class="lane">'
) -> SafeString:
    """The same as cells of a table, one column a lane; `cell` begins each, shorter in a long
    list."""
    return SafeString("".join([f"{cell}{mark}</td>" for mark in _marks(inspection, lanes)]))


def _marks(inspection: Inspection | None, lanes: Sequence[Lane]) -> Iterator[SafeString]:
    for lane in lanes:
        judged = inspection.in_lane(lane.code) if inspection else None
        yield letter_mark(judged, lane.code, label=lane.short_name)


def overall_cell(latest: Inspection | None, given: Inspection | None) -> SafeString:
    """The last overall grade that was given: by its mark where the newest inspection gave it,
    else with its year, so that an old one does not look like the present one."""
    if given is None or given.overall is None:
        return SafeString("<td>–</td>")
    grade = given.overall.grade
    if given == latest:
        return format_html(
            '<td><b class="g-{}" role="img" title="Overall: {}">{}</b></td>',
            grade.colour, grade.name, grade.letter,
        )  # fmt: skip
    month, year = f"{given.event_date:%b} ", str(given.event_date.year)
    return format_html('<td>{} <span class="long">{}</span>{}</td>', grade.letter, month, year)


def area_words(area: Area) -> str:
    return area.short_name[0].lower() + area.short_name[1:]


def grades_sentence(inspection: Inspection) -> str:
    """`Good for leaders and help and protection; Requires improvement for care leavers`.

    `Good in all four judgements` only where every judgement of the inspection has the grade,
    adoption and the safeguarding board of the older frameworks too. Overall is left out.
    """
    judged = [row for row in inspection.judgements if not row.area.is_overall]
    if len(judged) > 2 and len({row.grade for row in judged}) == 1:
        return f"{judged[0].grade.name} in all {words.NUMBERS[len(judged)]} judgements"
    by_grade: dict[Grade, list[str]] = defaultdict(list)
    for row in judged:
        if any(lane.is_core for lane in row.area.lanes):
            by_grade[row.grade].append(area_words(row.area))
    parts = [
        f"{grade.name} for {words.listing(areas)}"
        for grade, areas in sorted(by_grade.items(), key=lambda item: item[0].place)
    ]
    return "; ".join(parts)


def overall_sentence(inspection: Inspection, book: FrameworkBook) -> str:
    if inspection.overall:
        return f"Overall effectiveness: {inspection.overall.grade.name}."
    if inspection.framework.is_whole_service and not inspection.framework.has_overall:
        since = words.month(book.without_overall_since(inspection.framework))
        return f"There is no overall grade: Ofsted has given none since {since}."
    return ""


def without_overall_words(book: FrameworkBook, day: date) -> str:
    """Since when no overall grade is given; empty where the framework of the day has one."""
    whole = [row for row in book.in_order if row.is_whole_service and row.in_force_from <= day]
    newest = whole[-1] if whole else None
    if newest is None or newest.has_overall:
        return ""
    return f"Ofsted has given none since {words.month(book.without_overall_since(newest))}"


def inspected(position: Position) -> str:
    """The month of the last full inspection, and of one that is not yet here; empty without any."""
    months = [words.month(position.latest.event_date)] if position.latest else []
    if position.unread:
        months.append(f"{words.month(position.unread.start_date)} not yet here")
    return "; ".join(months)


def event_name(event: Event | UnreadReport) -> str:
    if isinstance(event, Visit):
        return VisitKind.label_of(event.kind)
    return InspectionKind.label_of(event.kind)


def event_day(event: Inspection | Visit) -> str:
    """The days on site as far as they are known."""
    if isinstance(event, Inspection):
        if event.start_date is None:
            return "days on site not recorded"
        return words.days_on_site(event.start_date, event.end_date)
    if event.start_precision == DatePrecision.MONTH and event.start_date:
        return f"{words.month(event.start_date)}, day not recorded"
    if event.start_date is None:
        return "days not recorded"
    if event.end_date is None:
        return words.day(event.start_date)
    return words.days_on_site(event.start_date, event.end_date)


def event_month(event: Event | UnreadReport) -> str:
    known = event.event_date
    return words.month(known) if known else "date not recorded"


NOT_READ = "What it judged is not yet on this site."


NOT_CONFIRMED = Checked.MACHINE.label


def is_unconfirmed(event: Event) -> bool:
    """Was it published as a machine read it, and has nobody looked since?"""
    known = event.checked if isinstance(event, Inspection) else event.confidence
    return known in {Checked.MACHINE, Confidence.MACHINE}


def marked(event: Event, said: str) -> str:
    """What is said of an event; after it, whether nobody has confirmed it yet."""
    is_said = not is_unconfirmed(event) or NOT_CONFIRMED.lower() in said.lower()
    return said if is_said else f"{said.rstrip('.')}. {NOT_CONFIRMED}."


def topic(visit: Visit) -> str:
    """The topic in words; its codes where no words are recorded, empty where neither is known."""
    codes = [VisitTopic.label_of(code) for code in visit.topic_codes.split("|") if code]
    said = visit.topic or words.listing(codes)
    if not is_unconfirmed(visit):
        return said[:1].upper() + said[1:]
    return f"{said[:1].upper()}{said[1:]} ({NOT_CONFIRMED.lower()})" if said else NOT_CONFIRMED


def visit_sentence(visit: Visit) -> str:
    """`Care leavers: 4 points to improve, no area for priority action. A visit has no grade.`

    Without a topic its kind and days stand first: what is not known is no news.
    """
    asked = []
    if visit.improvement_points is not None:
        asked.append(words.count(visit.improvement_points, "point") + " to improve")
    if visit.priority_actions is not None:
        urgent = words.count(visit.priority_actions, "area", "areas")
        asked.append(f"{urgent if visit.priority_actions else 'no area'} for priority action")
    told = f": {', '.join(asked)}" if asked else ""
    if visit.topic or visit.topic_codes:
        return f"{topic(visit)}{told}. A visit has no grade."
    when = event_day(visit)
    if visit.start_precision == DatePrecision.MONTH:
        when = event_month(visit)
    elif visit.start_date is None and visit.publication_date:
        when = f"letter of {words.day(visit.publication_date)}"
    said = f"{event_name(visit)}, {when}{told}. A visit has no grade; no topic on this record."
    return marked(visit, said)


def apart_words(judged: Judgement | None, lane: Lane, counted_as: Mapping[AreaKey, str]) -> str:
    """Why a grade is shown in a lane and not counted there; empty where it is counted."""
    if judged is None or counted_as.get(judged.area.key) == lane.code:
        return ""
    if judged.area.is_part:
        return "graded as a part of another judgement"
    return "judged together with another area"


def squares(
    positions: Sequence[Position],
    lane: Lane,
    counted_as: Mapping[AreaKey, str],
    keep: str = "",
) -> SafeString:
    """Every council as a lettered square that links to it, best grade first, then by name."""

    def place(row: Position) -> tuple[int, str]:
        judged = row.latest.in_lane(lane.code) if row.latest else None
        return (judged.grade.place if judged else 999, row.council.short_name)

    return format_html_join(
        "",
        '<li><a class="sq {}" href="/councils/{}/{}">{}'
        '<span class="vh"> {}<i>: {}</i></span></a></li>',
        (_square(row, lane, counted_as, keep) for row in sorted(positions, key=place)),
    )


def _square(
    row: Position, lane: Lane, counted_as: Mapping[AreaKey, str], keep: str
) -> tuple[str, ...]:
    council = row.council
    judged = row.latest.in_lane(lane.code) if row.latest else None
    if judged:
        apart = apart_words(judged, lane, counted_as)
        look = f"g-{judged.grade.colour}" + (" together" if apart else "")
        letter, said = judged.grade.letter, judged.grade.title
        if apart:
            said += f" ({apart})"
    elif row.latest:
        look, letter, said = "none", "–", "not graded at the last inspection"
    else:
        look, letter, said = "unknown", "?", "no full inspection yet"
    return look, council.slug, keep, letter, council.short_name, said


def held_by_grade(
    positions: Sequence[Position], lane: Lane, counted_as: Mapping[AreaKey, str] | None = None
) -> dict[Grade, int]:
    """How many councils hold each grade in the area, best first, without those that nobody holds.

    By `counted_as` those alone that are counted there, and none judged together with another.
    """
    judged = (
        row.latest and row.latest.in_lane(lane.code)
        if counted_as is None
        else counted_in_lane(row.latest, lane.code, counted_as)
        for row in positions
    )
    graded = Counter(row.grade for row in judged if row)
    return dict(sorted(graded.items(), key=lambda item: item[0].place))


def england_sentence(
    positions: Sequence[Position], lane: Lane, counted_as: Mapping[AreaKey, str], day: date
) -> str:
    """How many councils hold which grade in the area, with the denominator."""
    graded = held_by_grade(positions, lane, counted_as)
    total = sum(graded.values())
    if not total:
        own = any(row.latest and row.latest.in_lane(lane.code) for row in positions)
        grade = "grade of its own" if own else "grade from a full inspection"
        return f"No council had a {grade} for {lane.name.lower()} by {words.day(day)}."
    (best, most), *others = graded.items()
    parts = [f"{most} {'is' if most == 1 else 'are'} {best.title}"]
    parts += [f"{number} {grade.title}" for grade, number in others]
    rest = len(positions) - total
    without = f"; {rest} of {len(positions)} have no grade of their own for it" if rest else ""
    return (
        f"Of {words.count(total, 'council')} with a grade for {lane.name.lower()}, "
        f"{words.listing(parts)}{without}."
    )


def outcome_grades(
    book: FrameworkBook, inspections: Sequence[Inspection], lane: Lane
) -> list[Grade]:
    """The grades that occur in a lane, best first, as columns of a table."""
    scales = {
        judged.grade.scale
        for row in inspections
        if row.framework.is_whole_service and (judged := row.in_lane(lane.code))
    }
    return list(book.scales(scales))

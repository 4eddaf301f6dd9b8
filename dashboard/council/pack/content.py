"""What a briefing says, in the order in which a meeting needs it: rows to words, no file format.

Every figure is one that a page shows, and every question rests on a fact that stands beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import words
from dashboard.charted.share import pinned_state, whole
from dashboard.charts.svg import standalone_svg
from dashboard.council.context import NOT_CAUSE
from dashboard.council.council import without_inspection, without_overall
from dashboard.council.grades import beside
from dashboard.council.questions import (
    Question,
    came_words,
    figure_words,
    newest_report,
    questions_of,
    raised_before,
)
from dashboard.council.rose import rose
from dashboard.data.document import STATISTICS
from dashboard.england.expected import stated
from dashboard.england.next import council_context
from dashboard.findings.asked_for import document_of, known_words
from dashboard.state.address import ViewState, listed, one_of, param
from dashboard.state.opening import Opening
from dashboard.words import presenters
from dashboard.words.beside import usual_words
from dashboard.words.duties import letter_plan_words, plan_words, publication_words
from inspections.questions.asked_for import AskedFor, asked_for
from inspections.questions.context import outside, usual
from inspections.questions.council import CouncilAnswer, council_answer
from inspections.questions.positions import last_overall
from inspections.rows import Council, Inspection
from inspections.rules.duties import duties_of

SECTIONS = (
    "grades", "chart", "asked-for", "since", "figures", "said", "dates", "rose", "questions",
)  # fmt: skip
MEMBERS, OFFICERS = "members", "officers"


@dataclass(frozen=True, kw_only=True)
class PackState(ViewState):
    """Every section unless some are named; plain words for members, or detail for officers."""

    sections: tuple[str, ...] = param(listed(one_of(*SECTIONS, what="section")), default=())
    words: str = param(one_of(MEMBERS, OFFICERS, what="reader"), default=MEMBERS, name="for")


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One area: the grade before and now, each as a word ("not judged" for none)."""

    area: str
    before: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; `note` in small type below, with what they rest on."""

    key: str
    title: str
    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A briefing. `before`, `now`: the months of the two inspections. `chart`: an SVG, empty
    where there is nothing to draw. `link` shows the same again; `limit` lines a section."""

    council: str
    stands: str
    sentences: tuple[str, ...]
    before: str
    now: str
    grades: tuple[GradeRow, ...]
    chart: str
    chart_says: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    link: str
    ofsted_page: str
    is_for_officers: bool


def pack(start: Opening, council: Council, *, most_lines: int = 99) -> Pack:
    """The briefing on a council as at the page's day. `most_lines`: of a section, so that all
    fits on two sides."""
    answer = council_answer(start.record, council, start.day)
    state: PackState = start.state
    wanted = state.sections or SECTIONS
    latest = answer.position.latest if answer.position else None
    asked = asked_for(start.record, latest, start.day) if latest else None
    detailed = state.words == OFFICERS
    is_closed = council.closed_by(start.day)
    found = (
        # After a letter its own points come first, else those of the report.
        _since(asked, start) if asked and "since" in wanted else None,
        _asked_for(asked, detailed) if asked and "asked-for" in wanted else None,
        _figures(start, council) if "figures" in wanted else None,
        _said(answer) if "said" in wanted else None,
        _dates(answer, latest, start) if "dates" in wanted else None,
        _rose(answer, latest, start) if latest and not is_closed and "rose" in wanted else None,
    )
    sections = tuple(_cut(row, most_lines) for row in found if row and row.lines)
    shown = beside(start, council)
    is_drawn = bool(answer.whole_service) and "chart" in wanted
    said = (
        [shown.sentence, without_overall(latest, answer, start), _newest(latest, answer, start)]
        if latest
        else [without_inspection(answer, start)]
    )
    if start.record.unread_by(start.day).get(council.id):
        said.append("Its duties aside, all that follows is from before the newer report.")
    if is_closed:
        said.append(
            f"This council was abolished; its last day was {words.day(council.closed_date)}."
        )
    is_asked = "questions" in wanted and not is_closed
    told = questions_of(start, answer, asked) if is_asked else ()
    previous = answer.position.previous if answer.position else None
    return Pack(
        council=council.short_name,
        stands=start.stands,
        sentences=tuple(filter(None, said)),
        before=words.month(previous.event_date) if previous else "",
        now=words.month(latest.event_date) if latest else "",
        grades=tuple(_grades(answer, start)) if "grades" in wanted else (),
        chart=standalone_svg(shown.figure, title=shown.title, description=shown.sentence)
        if is_drawn
        else "",
        chart_says=f"{shown.title}. {shown.sentence}" if is_drawn else "",
        sections=sections,
        questions=told,
        link=whole(pinned_state(start).url(f"/councils/{council.slug}/briefing/")),
        ofsted_page=presenters.ofsted_page(council),
        is_for_officers=detailed,
    )


def _newest(latest: Inspection, answer: CouncilAnswer, start: Opening) -> str:
    """What the meeting is about: the report, a visit since, or the time between."""
    report = f"Ofsted's report of {words.day(latest.publication_date)}"
    since = [row for row in answer.visits if row.event_date and row.event_date > latest.event_date]
    if not since:
        return f"The newest on record is {report}."
    newest = max(since, key=lambda row: (row.event_date, row.reference))
    name = presenters.event_name(newest)
    return (
        f"{words.count(len(since), 'visit')} on record since {report}, the newest: "
        f"{name[0].lower()}{name[1:]} of {presenters.event_month(newest)}."
    )


def _cut(section: Section, most: int) -> Section:
    """At most so many lines; how many more there are is said."""
    if len(section.lines) <= most:
        return section
    more = f"and {len(section.lines) - most + 1} more on the page"
    return Section(section.key, section.title, (*section.lines[: most - 1], more), section.note)


def _grades(answer: CouncilAnswer, start: Opening) -> Iterator[GradeRow]:
    """The overall grade first, where the inspection gave none the last one with its month."""
    position = answer.position
    if position is None or position.latest is None:
        return
    last = last_overall(start.record, answer.council, start.day)
    if last and last.overall and not position.latest.overall:
        was = f"{last.overall.grade.name} ({words.month(last.event_date)})"
        ended = presenters.without_overall_words(start.book, start.day)
        yield GradeRow(
            last.overall.area.short_name, was, f"none, as {ended}" if ended else "not judged", ""
        )
    pairs = {pair.current.area.key: pair for pair in position.pairs if pair.current}
    judged = sorted(position.latest.judgements, key=lambda row: not row.area.is_overall)
    for row in judged:
        if not (row.area.is_overall or any(lane.is_core for lane in row.area.lanes)):
            continue
        pair = pairs.get(row.area.key)
        since = pair.since if pair else None
        before = pair.previous.grade.name if pair and pair.previous else "not judged"
        if since and since is not position.previous:
            before += f" ({presenters.event_month(since)})"
        change = words.change(pair.change, since.event_date if since else None) if pair else ""
        yield GradeRow(row.area.short_name, before, row.grade.name, change)


def _asked_for(asked: AskedFor, detailed: bool) -> Section:
    """Themes that had been raised before come first, with when."""
    rows = sorted(asked.themes, key=lambda row: (not row.before, row.theme.order))
    lines = []
    for row in rows:
        line = f"{row.theme.name}: {words.count(len(row.points), 'point')}"
        if any(point.is_priority_action for point in row.points):
            line += ", one for priority action"
        if row.before:
            line += f"; {raised_before(row)}"
        if detailed:
            pages = sorted({point.page for point in row.points if point.page})
            line += f" (page {', '.join(map(str, pages))})" if pages else ""
        lines.append(line)
    note = "The same theme is not the same fault; a theme not raised again may not be put right."
    if address := document_of(asked.event):
        note += f" Ofsted's report: {address}"
    title = "What inspectors asked for, and what had been raised before"
    return Section("asked-for", title, tuple(lines), note)


def _since(asked: AskedFor, start: Opening) -> Section:
    """What each letter since the report asked for, and what of it the report had asked for."""
    raised = {row.theme.code for row in asked.themes}
    lines = []
    for event in asked.later:
        letter = asked_for(start.record, event, start.day)
        rows = letter.themes if letter else ()
        named = [
            row.theme.name.lower() + (" (again)" if row.theme.code in raised else "")
            for row in rows
        ]
        line = f"{presenters.event_name(event)}, {presenters.event_month(event)}: "
        points = words.count(len(letter.points) if letter else 0, "point")
        lines.append(line + (f"{points} on {'; '.join(named)}" if named else points))
    note = "Again: the report had raised the theme too; the same theme is not the same fault."
    note = " ".join([note, *known_words(asked, start.record.coverage, start.day)])
    return Section("since", "What letters since the report asked for", tuple(lines), note)


def _figures(start: Opening, council: Council) -> Section:
    """Measures outside the band of the ten statistical neighbours, and on how many it is not."""
    found = outside(start.record, council, start.day)
    lines = tuple(figure_words(row) for row in found.stand_out)
    if found.compared and not lines:
        lines = ("None stands outside the band of its ten statistical neighbours.",)
    quiet = words.of_them(
        len(found.within),
        found.compared,
        "compared measure",
        ("does not stand", "do not stand"),
        "stands",
    )
    note = (
        f"{quiet} out. {usual_words(usual(start.record, start.day))} {NOT_CAUSE} Source: "
        f"{STATISTICS} (Open Government Licence v3.0)."
    )
    return Section("figures", "Figures that stand out", lines, note if lines else "")


def _said(answer: CouncilAnswer) -> Section:
    """What was expected, and what came of it as far as the record shows; nobody is named."""
    lines = [
        f"Said in {stated(row.said)}: {row.said.what.rstrip('.')}. {came_words(row)}"
        for row in answer.expectations
        if row.happened
    ]
    return Section("said", "What was expected, and what came", tuple(lines))


def _dates(answer: CouncilAnswer, latest: Inspection | None, start: Opening) -> Section:
    """Duties that follow the newest report, and when the next inspection has usually come."""
    lines = []
    newest = newest_report(answer, start)
    if newest and (duties := duties_of(newest)):
        lines.append(
            "Statement of the action proposed, to Ofsted and the Secretary of State, after the "
            f"report of {words.day(newest.publication_date)}: "
            f"{plan_words(duties.action_plan, start.day)}."
        )
        lines.append(
            "The council's own publication of the report: "
            f"{publication_words(duties.own_publication, start.day)}."
        )
    if latest:
        lines += [
            f"Action plan on areas for priority action, after the letter of "
            f"{words.day(visit.publication_date)}: {plan}."
            for visit in answer.visits
            if visit.event_date
            and visit.event_date > latest.event_date
            and (plan := letter_plan_words(visit, start.day))
        ]
    if upcoming := council_context(answer.upcoming, start.day):
        lines.append(upcoming["sentence"])
    note = (
        "Duties: Education and Inspections Act 2006, section 137, and SI 2007/462. When the "
        "council received the report is not on record; its publication stands for it."
    )
    return Section("dates", "Duties and dates", tuple(lines), note if newest else "")


def _rose(answer: CouncilAnswer, latest: Inspection, start: Opening) -> Section | None:
    """Others with the council's weakest grade in an area, which rose at their next inspection."""
    found = rose(answer.council, latest, start)
    if found is None:
        return None
    lines = tuple(
        f"{line.rise.council.short_name}: {line.rise.before_grade.name} in {line.before}, "
        f"{line.rise.grade.name} in {line.after}, {line.took} from report to report"
        for line in found.lines[:4]
    )
    return Section("rose", found.title, lines, f"{found.note} {found.told}".strip())

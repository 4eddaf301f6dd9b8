"""Grades held on a day by either clock: the table, the marks beside official figures, the file."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import england_parts, words
from dashboard.state import to_slug
from dashboard.state_england import StatisticsState
from inspections.queries.official_figures import rounded
from inspections.queries.published import Published
from inspections.queries.statistics import Group, Statistics
from inspections.rules.position import OfstedRule, Reading
from inspections.vocabulary import CouncilKind, FigureUnit, Region, RegionScheme

READINGS = (
    ("published", "published by the day"),
    ("ofsted", "Ofsted's own rule"),
)
BY_WORDS = (
    ("area", "judgement area"),
    ("region", "region"),
    ("kind", "kind of council"),
    ("framework", "framework"),
)


def context(found: Statistics, start: Any, path: str) -> dict[str, Any]:
    state: StatisticsState = start.state
    rows = [row for row in ordered(found, start) if row[1].councils]
    return {
        "pages": england_parts.page_links("statistics", start.keep),
        "found": found,
        "lane": found.lane,
        "sentence": sentence(found, state),
        "clock_words": clock_words(found.reading),
        "by_words": dict(BY_WORDS)[found.by],
        "rows": table_rows(found, rows),
        "total": _line(found, found.total, "All") if found.by not in {"area"} else None,
        "published": [published_words(row, found) for row in found.published],
        "released": [
            (words.day(day), state.but(as_at=day, reading="ofsted").url(path))
            for day in found.released
        ],
        "csv_url": state.url("/england/statistics.csv"),
        "options": {
            "by": list(BY_WORDS),
            "area": england_parts.area_choices(start.book),
            "reading": list(READINGS),
            "regions": [(row.value, row.label) for row in RegionScheme],
            "region": england_parts.region_choices(),
            "kind": england_parts.kind_choices(),
        },
        "chosen": england_parts.chosen(state, "by", "area", "reading", "regions", "region", "kind"),
    }


def clock_words(reading: Reading) -> str:
    """Which inspections count, as a sentence without a full stop."""
    day = words.day(reading.as_at)
    if isinstance(reading, OfstedRule):
        late = reading.counted_late
        also = f"; {words.count(len(late), 'inspection')} counted late by Ofsted" if late else ""
        return (
            f"Ofsted's own rule: the latest full inspection begun by {day} and published by "
            f"{words.day(reading.cut_off)}, of councils that exist on {day}{also}"
        )
    return f"the latest full inspection published by {day}, of councils that exist on {day}"


def sentence(found: Statistics, state: StatisticsState) -> str:
    total = found.total
    among = england_parts.among_words(state.region, state.kind)
    name = found.lane.name.lower()
    if not total.graded:
        return f"No council{among} holds a grade of its own for {name} by this reading."
    parts = [
        f"{total.by_grade[grade.key]} {grade.title}"
        for grade in found.grades
        if total.by_grade[grade.key]
    ]
    good = total.count(found.good)
    without = total.councils - total.graded
    rest = f" {without} of {total.councils} have none." if without else ""
    return (
        f"Of {words.count(total.graded, 'council')}{among} with a grade for {name}: "
        f"{words.listing(parts)}. Good or better: {good} "
        f"({england_parts.percent(total.share(found.good))}).{rest}"
    )


def ordered(found: Statistics, start: Any) -> list[tuple[str, Group]]:
    """The rows with the names that a reader sees: areas in their order, the rest by name."""
    book = start.book
    if found.by == "area":
        names = {lane.code: lane.name for lane in book.choosable_lanes}
        by_key = {row.key: row for row in found.groups}
        return [(names[code], by_key[code]) for code in names if code in by_key]
    if found.by == "framework":
        order = [row.code for row in book.in_order]
        frameworks = {row.code: row.short_name for row in book.in_order}
        rows = sorted(
            found.groups, key=lambda row: order.index(row.key) if row.key in order else 99
        )
        return [(frameworks.get(row.key, "None yet"), row) for row in rows]
    label = Region.label_of if found.by == "region" else CouncilKind.label_of
    return sorted(((label(row.key), row) for row in found.groups), key=lambda item: item[0])


def _line(found: Statistics, group: Group, name: str) -> SafeString:
    cells = [
        *(group.by_grade[grade.key] for grade in found.grades),
        group.graded,
        f"{group.count(found.good)} ({england_parts.percent(group.share(found.good))})",
        group.combined or "–",
        group.not_judged or "–",
        group.not_inspected or "–",
    ]
    return format_html(
        '<tr><th scope="row">{}</th>{}</tr>',
        name,
        format_html_join("", "<td>{}</td>", ((cell,) for cell in cells)),
    )


def table_rows(found: Statistics, rows: list[tuple[str, Group]]) -> SafeString:
    return format_html_join("", "{}", ((_line(found, group, name),) for name, group in rows))


def published_words(row: Published, found: Statistics) -> dict[str, Any]:
    """One published figure beside ours: what it is of, both values, matches or differs."""
    group = next((g for g in found.groups if g.key == row.group), found.total)
    if row.group == "":
        group = found.total
    number = group.count(frozenset(row.grades)) if row.grades else group.graded
    if row.unit == FigureUnit.COUNT:
        ours, unit = Decimal(number), ""
    else:
        ours, unit = rounded(number / group.graded if group.graded else None, row.unit), "%"
    matches = ours == row.value
    return {
        "what": _what(row, found),
        "theirs": f"{row.value.normalize():f}{unit}",
        "ours": f"{ours.normalize():f}{unit}" if ours is not None else "nothing to count",
        "matches": matches,
        "mark": (
            ("matches Ofsted's published figure" if row.is_official else "matches this count")
            if matches
            else f"differs, because: {row.difference}"
            if row.difference
            else "differs; the reason is not known"
        ),
        "title": row.source_title,
        "url": row.source_url,
    }


def _what(row: Published, found: Statistics) -> str:
    names = {grade.key: grade.title for grade in found.grades}
    grades = words.listing([names.get(code, code) for code in row.grades]) or "with a grade"
    place = ""
    if row.group in Region._value2member_map_:
        place = f", {Region.label_of(row.group)}"
    elif row.group:
        place = f", {row.group.replace('_', ' ')}"
    return f"{grades}{place}"


def as_csv(found: Statistics, start: Any) -> HttpResponse:
    """The page's table: counts by grade and the denominators, one line a row."""
    header = [
        found.by,
        *(grade.key for grade in found.grades),
        "with_a_grade", "good_or_better", "judged_together", "not_judged", "not_yet_inspected",
        "councils", "clock", "cut_off",
    ]  # fmt: skip
    is_ofsteds = isinstance(found.reading, OfstedRule)
    rows = (
        (
            group.key or "none",
            *(group.by_grade[grade.key] for grade in found.grades),
            group.graded, group.count(found.good), group.combined, group.not_judged,
            group.not_inspected, group.councils,
            "ofsted" if is_ofsteds else "published",
            found.reading.cut_off if is_ofsteds else None,
        )
        for _name, group in ordered(found, start)
    )  # fmt: skip
    area = to_slug(found.lane.code)
    return england_parts.csv_file(f"grades-held-{area}-by-{found.by}", header, rows, start)

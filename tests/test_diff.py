"""What differs between two Records: every way in which a view can be overtaken."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inspections import diff
from inspections.country_rows import OfficialFigure, PollingDay
from inspections.diff import Changed, Difference, Gone, Scope, difference
from inspections.measure_rows import MeasureBook
from inspections.record import event_key
from inspections.rows import Correction, Event, Inspection, Judgement, Source, Statement
from tests import invented_rows as invented
from tests.invented_rows import GRADES, OLD, correction, council, inspection, record, visit

DAY = date(2026, 11, 22)
HELD = inspection(date(2021, 3, 1), lead_inspector="Rae Sample")
VISIT = visit(date(2022, 6, 7), kind="monitoring_visit", topic="front door")
ALL = Scope(has_statements=True)


def asked(
    then: Iterable[Event],
    now: Iterable[Event],
    *log: Correction,
    scope: Scope = ALL,
    day: date = DAY,
    statements: tuple[tuple[Statement, ...], tuple[Statement, ...]] = ((), ()),
    withdrawn: tuple[Event, ...] = (),
) -> Difference:
    """The difference of two records of these events; the log is of the later one."""
    before = record(*then, statements=statements[0])
    after = record(*now, statements=statements[1], corrections=log, withdrawn=withdrawn)
    return difference(before, after, day, scope)


def graded(row: Inspection, **grades: str | None) -> Inspection:
    """With other grades in these areas; None: no judgement there."""
    return replace(
        row,
        judgements=tuple(
            replace(one, grade=GRADES[grades.get(one.area.code) or one.grade.code])
            for one in row.judgements
            if grades.get(one.area.code, "") is not None
        ),
    )


def test_two_records_of_the_same_facts_differ_in_nothing() -> None:
    assert asked([HELD, VISIT], [HELD, VISIT]) == Difference()


@pytest.mark.parametrize("name", diff.INSPECTION_FACTS)
def test_every_shown_fact_of_an_inspection_is_told_with_its_entry(name: str) -> None:
    new = {
        "kind": "short", "start_date": date(2021, 3, 2), "end_date": None,
        "has_two_periods": True, "publication_date": date(2021, 4, 22), "lead_inspector": "",
        "improvement_points": 4, "report_url": "https://example.org/x", "notes": "Seen twice.",
    }[name]  # fmt: skip
    other = correction("inspection", "checked")
    entry = correction("inspection", name)
    found = asked([HELD], [replace(HELD, **{name: new})], other, entry)
    assert found.changed == (Changed(HELD, name, "", getattr(HELD, name), new, entry),)
    assert (found.gone, found.entered, found.logged) == ((), (), (other,))


@pytest.mark.parametrize("name", diff.VISIT_FACTS)
def test_every_shown_fact_of_a_visit_is_told_with_its_entry(name: str) -> None:
    new = {
        "kind": "focused_visit", "start_date": date(2022, 6, 8), "start_precision": "month",
        "end_date": date(2022, 6, 8), "publication_date": date(2022, 7, 8), "topic": "leavers",
        "priority_actions": 1, "improvement_points": 3, "sequence": 2, "lead_inspector": "Jo",
        "letter_url": "https://example.org/y", "notes": "Seen twice.",
    }[name]  # fmt: skip
    of_inspection = correction("inspection", name, reference=VISIT.reference)
    entry = correction("visit", name, reference=VISIT.reference)
    found = asked([VISIT], [replace(VISIT, **{name: new})], of_inspection, entry)
    assert found.changed == (Changed(VISIT, name, "", getattr(VISIT, name), new, entry),)


def test_a_corrected_grade_is_explained_by_the_entry_of_its_area_alone() -> None:
    of_other = correction("judgement", "grade", area="in_care")
    of_note = correction("judgement", "note", area="leaders")
    of_other_event = correction("judgement", "grade", area="leaders", reference="2024-01-01")
    entry = correction("judgement", "grade", area="leaders")
    found = asked([HELD], [graded(HELD, leaders="inadequate")],
                  of_other, of_note, of_other_event, entry)  # fmt: skip
    assert found.changed == (
        Changed(HELD, "grade", "leaders", GRADES["good"], GRADES["inadequate"], entry),
    )
    # What is of another area stands by itself; another event's was not shown.
    assert found.logged == (of_other, of_note)


def test_a_grade_corrected_without_the_log_is_told_without_an_entry() -> None:
    found = asked([HELD], [graded(HELD, leaders="outstanding")])
    assert [row.entry for row in found.changed] == [None]


def test_a_judgement_added_or_removed_is_told_as_not_recorded() -> None:
    without = graded(HELD, leaders=None)
    added = asked([without], [HELD])
    assert added.changed == (Changed(without, "grade", "leaders", None, GRADES["good"], None),)
    entry = correction("judgement", "grade", area="leaders")
    removed = asked([HELD], [without], entry)
    assert removed.changed == (Changed(HELD, "grade", "leaders", GRADES["good"], None, entry),)
    assert removed.logged == ()


def test_the_newest_of_several_entries_explains_and_the_older_are_not_told_again() -> None:
    newest, older = (correction("inspection", "end_date") for _ in range(2))
    found = asked([HELD], [replace(HELD, end_date=date(2021, 3, 13))], newest, older)
    assert [row.entry for row in found.changed] == [newest]
    assert found.logged == ()


def test_a_fact_changed_and_changed_back_is_told_from_the_log() -> None:
    entries = (correction("inspection", "end_date"), correction("inspection", "end_date"))
    found = asked([HELD], [HELD], *entries)
    assert (found.changed, found.logged) == ((), entries)


def test_a_withdrawn_event_is_gone_and_its_other_entries_with_it() -> None:
    entry = correction("inspection", "status")
    before = correction("inspection", "end_date")
    found = asked([HELD, VISIT], [VISIT], entry, before, withdrawn=(HELD,))
    assert found.gone == (Gone(HELD, None, True, entry),)
    assert (found.changed, found.entered, found.logged) == ((), (), ())


def test_a_visit_withdrawn_is_not_taken_for_an_inspection_of_the_same_number() -> None:
    twin = replace(VISIT, id=HELD.id)
    entry = correction("visit", "status", reference=twin.reference)
    found = asked([HELD, twin], [HELD], entry, withdrawn=(twin,))
    assert found.gone == (Gone(twin, None, True, entry),)
    other = asked([HELD], [], withdrawn=(twin,))
    assert other.gone == (Gone(HELD, None, False, None),)


def test_a_report_whose_publication_is_corrected_to_after_the_day_is_gone_not_withdrawn() -> None:
    entry = correction("inspection", "publication_date")
    moved = replace(HELD, publication_date=date(2026, 11, 23))
    found = asked([HELD], [moved], entry)
    assert found.gone == (Gone(HELD, moved, False, entry),)
    assert found.logged == ()
    assert asked([HELD], [moved], entry, day=date(2026, 11, 23)).gone == ()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("end_date", {"publication_date": None, "end_date": date(2022, 6, 8)}, date(2026, 12, 1)),
        ("start_date", {"publication_date": None}, date(2026, 12, 1)),
        ("start_precision",
         {"publication_date": None, "start_date": date(2026, 11, 2)}, "month"),
    ],
)  # fmt: skip
def test_a_visit_moved_out_of_view_is_explained_by_the_day_that_moved_it(
    name: str, before: dict[str, object], after: object
) -> None:
    shown = replace(VISIT, **before)
    moved = replace(shown, **{name: after})
    entry = correction("visit", name, reference=VISIT.reference)
    found = asked([shown], [moved], correction("visit", "topic"), entry)
    assert found.gone == (Gone(shown, moved, False, entry),)


def test_what_was_public_by_the_day_and_recorded_later_has_been_entered() -> None:
    late = inspection(date(2024, 5, 6))
    found = asked([HELD], [HELD, late, VISIT])
    assert set(found.entered) == {late, VISIT}
    later = inspection(date(2026, 11, 2))
    assert later.publication_date > DAY
    assert asked([HELD], [HELD, later]).entered == ()


def test_an_entry_about_what_was_not_shown_is_not_told() -> None:
    late = inspection(date(2024, 5, 6))
    entry = correction("inspection", "end_date", reference=late.reference)
    assert asked([HELD], [HELD, late], entry).logged == ()


def test_a_councils_own_field_is_told_in_every_view_of_it_and_of_its_events() -> None:
    entry = correction("council", "short_name")
    for scope in (ALL, Scope(council_ids=frozenset({1})), Scope(reference=HELD.reference),
                  Scope(facts=diff.ENGLAND_FACTS)):  # fmt: skip
        assert asked([HELD], [HELD], entry, scope=scope).logged == (entry,)
    other = Scope(council_ids=frozenset({2}))
    assert asked([HELD], [HELD], entry, scope=other).logged == ()


def test_statements_are_told_where_the_view_shows_them() -> None:
    said, late = invented.statement(), invented.statement(DAY)
    to_come = invented.statement(date(2026, 12, 1))
    entry = correction("statement", "what", reference=said.reference)
    of_late = correction("statement", "what", reference=late.reference)
    both = ((said,), (said, late, to_come))
    found = asked([], [], entry, of_late, statements=both)
    assert (found.stated, found.logged) == ((late,), (entry,))
    found = asked([], [], entry, of_late, statements=both, scope=Scope())
    assert (found.stated, found.logged) == ((), ())


def test_a_statement_withdrawn_is_told_from_the_log() -> None:
    said = invented.statement()
    entry = correction("statement", "what", reference=said.reference, new="not recorded")
    assert asked([], [], entry, statements=((said,), ())).logged == (entry,)


def test_a_view_that_shows_some_facts_is_told_of_those_alone() -> None:
    england = Scope(facts=diff.ENGLAND_FACTS, has_visits=False)
    seen = correction("inspection", "end_date")
    unseen = correction("inspection", "lead_inspector")
    graded_too = correction("judgement", "grade", area="in_care")
    new = graded(replace(HELD, end_date=None, lead_inspector="Jo"), in_care="inadequate")
    found = asked([HELD], [new], seen, unseen, graded_too, scope=england)
    assert [(row.field, row.entry) for row in found.changed] == [
        ("end_date", seen), ("grade", graded_too),
    ]  # fmt: skip
    assert found.logged == ()
    and_back = correction("inspection", "status")
    back = asked([HELD], [HELD], seen, unseen, graded_too, and_back, scope=england)
    assert back.logged == (seen, graded_too, and_back)


def test_a_grade_told_in_other_words_is_no_other_judgement() -> None:
    told = tuple(
        replace(one, grade=replace(one.grade, title="Reworded")) for one in HELD.judgements
    )
    assert told
    assert asked([HELD], [replace(HELD, judgements=told)]).changed == ()


def test_a_view_of_one_event_is_told_of_no_other() -> None:
    scope = Scope(council_ids=frozenset({1}), reference=HELD.reference)
    other = inspection(date(2024, 5, 6))
    entry = correction("inspection", "end_date", reference=other.reference)
    found = asked([HELD, other], [HELD, replace(other, end_date=None)], entry, scope=scope)
    assert found == Difference()


def test_a_view_of_full_inspections_is_told_of_no_other_kind() -> None:
    part = inspection(date(2021, 6, 7), replace(OLD, is_whole_service=False))
    scope = Scope(is_whole_service_only=True)
    assert asked([HELD], [HELD, part], scope=scope) == Difference()
    assert asked([HELD], [HELD, part]).entered == (part,)


def test_what_ofsted_got_wrong_is_no_correction_of_a_view() -> None:
    entry = correction("inspection", "end_date", was_ofsteds=True)
    assert asked([HELD], [HELD], entry).logged == ()


def test_what_the_log_said_already_then_is_not_told() -> None:
    entry = correction("inspection", "end_date")
    held = record(HELD, corrections=(entry,))
    assert difference(held, held, DAY, ALL) == Difference()


SOURCE = Source(1, "invented", "press", "Invented", "Nobody", "")
FIGURE = OfficialFigure(
    "invented", "held", DAY, None, None, None, "ofsted", "", "", "leaders", frozenset(),
    frozenset(), (), "", Decimal(1), "count", True, SOURCE, None, "",
)  # fmt: skip
RENAMED = replace(OLD, short_name="Old rules")
REFERENCE = {
    "figures": {"figures": (FIGURE,)},
    "counted late": {"counted_late": {DAY: frozenset({HELD.id})}},
    "polling": {"polling_days": (PollingDay(date(2026, 5, 7), "local elections"),)},
    "neighbours": {"councils": (council(neighbours=(2,)),)},
    "measures": {"measures": MeasureBook(series={"agency": {HELD.council_id: "2019:3"}})},
    "frameworks": {"book": invented.book((RENAMED, invented.NEW))},
    "areas": {"book": invented.book((replace(OLD, areas=OLD.areas[:-1]), invented.NEW))},
    "links": {"book": invented.book(links=invented.CONTINUED[:-1])},
    "grades": {"book": invented.book(grades=dict(list(GRADES.items())[:-1]))},
}


@pytest.mark.parametrize("name", REFERENCE)
def test_changed_reference_data_is_told_to_a_view_that_rests_on_it(name: str) -> None:
    then, now = record(HELD), record(HELD, **REFERENCE[name])
    every = frozenset({diff.OFFICIAL, diff.POLLING, diff.NEIGHBOURS, diff.MEASURES})
    kind = {"counted late": "figures"}.get(name, name)
    kind = kind if kind in every else diff.FRAMEWORKS
    assert difference(then, now, DAY, Scope(reference_data=every)).reference == (kind,)
    told = (kind,) if kind == diff.FRAMEWORKS else ()
    assert difference(then, now, DAY, Scope()).reference == told
    assert difference(then, then, DAY, Scope(reference_data=every)).reference == ()


def test_figures_are_told_to_the_council_its_neighbours_and_where_england_changed() -> None:
    own, far = council(neighbours=(2,)), 9
    rests = Scope(frozenset({own.id}), reference_data=frozenset({diff.MEASURES}))
    for place, told in ((own.id, True), (2, True), ("england", True), (far, False)):
        book = MeasureBook(series={"agency": {place: "2019:3"}})
        now = record(HELD, councils=(own,), measures=book)
        then = record(HELD, councils=(own,), measures=MeasureBook(series={"agency": {}}))
        expected = (diff.MEASURES,) if told else ()
        assert difference(then, now, DAY, rests).reference == expected, place


def test_a_note_of_a_judgement_is_no_change_of_its_grade() -> None:
    noted = replace(
        HELD, judgements=tuple(replace(row, note="see page 3") for row in HELD.judgements)
    )
    entry = correction("judgement", "note", area="leaders")
    found = asked([HELD], [noted], entry)
    assert (found.changed, found.logged) == ((), (entry,))


def test_an_area_of_another_name_is_the_same_area() -> None:
    """A framework's area reworded since the link was made changes no grade."""
    reworded = tuple(
        Judgement(replace(row.area, short_name="Other words"), row.grade) for row in HELD.judgements
    )
    assert asked([HELD], [replace(HELD, judgements=reworded)]).changed == ()


def test_what_was_asked_for_is_told_where_a_view_shows_it() -> None:
    point = invented.point(1, "plans")
    then = record(HELD, VISIT, themes=(invented.theme("plans"),))
    asked_for = replace(then, points={event_key(HELD): (point,)})
    renamed = replace(then, themes=(invented.theme("plans", name="Plans and reviews"),))
    shows = Scope(reference_data=frozenset({diff.POINTS}))
    visits_alone = replace(shows, reference=VISIT.reference)
    for now, scope, told in (
        (then, shows, ()),
        (asked_for, shows, (diff.POINTS,)),
        (asked_for, Scope(), ()),
        (asked_for, visits_alone, ()),
        (renamed, visits_alone, (diff.POINTS,)),
    ):
        assert difference(then, now, DAY, scope).reference == told

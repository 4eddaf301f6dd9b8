"""The Records that a process holds: read anew when the record changed, and only then."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone

from inspections import actions, diff, store
from inspections.models import (
    AreaContinuation,
    Council,
    CouncilAlias,
    CountedLate,
    Coverage,
    Framework,
    Grade,
    Inspection,
    InspectionPause,
    JudgementArea,
    Lane,
    Measure,
    MeasureSeries,
    MeasureYear,
    OfficialFigure,
    PollingDay,
    RecordMoment,
    RecordState,
    Source,
    Statement,
    StatisticalNeighbour,
    Visit,
)
from inspections.record import Record
from inspections.store import MOST_PINNED, current_record, record_known_at
from inspections.store.rows import read_record

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
# What a Record says of itself, and what is not of the public pages.
OF_ITSELF = {"identity", "version", "known", "changed_at", "compiled_date", "exceptions"}


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in production: no write makes this process forget; the identity alone does."""
    store.forget()
    monkeypatch.setattr(store, "forget", lambda: None)


def luton() -> Council:
    return Council.objects.get(slug="luton")


def newest(slug: str = "luton") -> Inspection:
    return Inspection.objects.filter(council__slug=slug).latest("publication_date")


def correct(fact: Any, **changes: Any) -> None:
    actions.correct(fact, changes=changes, reason="For the test", by=None)


def relate_lanes() -> None:
    area = JudgementArea.objects.get(framework__code="ilacs_2026", code="leaders")
    lanes = Lane.objects.filter(code__in=["leaders", "overall"])
    assert actions.relate(area, name="lanes", others=lanes, reason="For the test", by=None)


def withdraw_inspection() -> None:
    actions.withdraw(newest(), reason="For the test", by=None)


def publish_again() -> None:
    actions.publish_again(newest(), reason="For the test", by=None)


def withdraw_judgement() -> None:
    judgement = newest("trafford").judgements.get(area__code="leaders")
    actions.withdraw(judgement, reason="For the test", by=None)


def correct_grade() -> None:
    judgement = newest("barnet").judgements.get(area__code="leaders")
    other = Grade.objects.filter(scale=judgement.grade.scale).exclude(pk=judgement.grade_id).first()
    correct(judgement, grade=other)


def record_inspection() -> None:
    framework = Framework.objects.get(code="ilacs_2026")
    held = framework.scale.grades.get(code="good")
    actions.record_inspection(
        Inspection(
            council=luton(), framework=framework, kind="standard", start_date=date(2026, 9, 7),
            end_date=date(2026, 9, 18), publication_date=date(2026, 11, 2),
        ),
        judgements=dict.fromkeys(framework.areas.all(), held), by=None,
        sources=[Source.objects.order_by("pk").first()],
    )  # fmt: skip


def add(fact: Any) -> None:
    actions.record(fact, by=None)


def take_away(fact: Any) -> None:
    actions.withdraw(fact, reason="For the test", by=None)


CHANGES: dict[str, Callable[[], None]] = {
    "an inspection is recorded": record_inspection,
    "its date is corrected": lambda: correct(newest(), end_date=date(2026, 9, 17)),
    "a grade is corrected": correct_grade,
    "a judgement is withdrawn": withdraw_judgement,
    "an inspection is withdrawn": withdraw_inspection,
    "it is published again": publish_again,
    "a visit is corrected": lambda: correct(Visit.objects.order_by("pk").first(), topic="x"),
    "a statement is corrected": lambda: correct(
        Statement.objects.order_by("pk").first(), said_by="Nobody"
    ),
    "a statement is withdrawn": lambda: take_away(Statement.objects.order_by("pk").last()),
    "a council is renamed": lambda: correct(luton(), short_name="Aluton"),
    "a council is closed": lambda: correct(luton(), closed_date=date(2026, 10, 31)),
    "a former name is added": lambda: add(
        CouncilAlias(council=luton(), scheme="name", value="Town of Luton")
    ),
    "a neighbour is another": lambda: correct(
        StatisticalNeighbour.objects.filter(council__slug="luton").first(),
        neighbour=Council.objects.get(slug="somerset"),
    ),
    "a framework is renamed": lambda: correct(
        Framework.objects.get(code="ilacs_2026"), short_name="New rules"
    ),
    "an area is renamed": lambda: correct(
        JudgementArea.objects.get(framework__code="ilacs_2026", code="in_care"), short_name="Care"
    ),
    "a lane is renamed": lambda: correct(Lane.objects.get(code="in_care"), name="Care"),
    "a grade is recoloured": lambda: correct(Grade.objects.order_by("pk").first(), colour="x"),
    "an area fills another lane": relate_lanes,
    "a continuation is noted": lambda: correct(
        AreaContinuation.objects.filter(kind="ended").first(), note="Ended."
    ),
    "a continuation is taken away": lambda: take_away(
        AreaContinuation.objects.filter(kind="ended").first()
    ),
    "a source is renamed": lambda: correct(Source.objects.order_by("pk").first(), title="Y"),
    "a polling day is added": lambda: add(
        PollingDay(polling_date=date(2026, 10, 1), name="By-election", source_text="Notice")
    ),
    "a polling day is taken away": lambda: take_away(PollingDay.objects.first()),
    "a pause is added": lambda: add(
        InspectionPause(first_date=date(2023, 1, 2), last_date=date(2023, 1, 8), name="Pause",
                        source_text="Letter")
    ),
    "a figure is corrected": lambda: correct(OfficialFigure.objects.first(), value=3),
    "a late count is taken away": lambda: take_away(CountedLate.objects.first()),
    "a measure is redefined": lambda: correct(Measure.objects.first(), definition="Anew."),
    "a year of a measure is noted": lambda: correct(MeasureYear.objects.first(), note="Look."),
    "a series is corrected": lambda: correct(
        MeasureSeries.objects.get(measure__code="agency_rate", council=luton()),
        cells="2017:31.1 2018:31.4",
    ),
    "a series is taken away": lambda: take_away(MeasureSeries.objects.first()),
    "coverage grows": lambda: correct(
        Coverage.objects.first(), complete_to_date=date(2026, 10, 31)
    ),
}  # fmt: skip


def content(record: Record) -> dict[str, Any]:
    return {
        field.name: getattr(record, field.name)
        for field in fields(record)
        if field.name not in OF_ITSELF and not field.name.startswith("_")
    }


@pytest.mark.usefixtures("record", "remembering")
def test_every_action_gives_the_record_another_identity_and_is_seen() -> None:
    seen = [current_record()]
    for name, change in CHANGES.items():
        change()
        now = current_record()
        assert now.version > seen[-1].version, name
        assert content(now) != content(seen[-1]), name
        seen.append(now)
    assert len({row.identity for row in seen}) == len(seen)
    actions.raise_version()
    assert current_record().identity not in {row.identity for row in seen}


@pytest.mark.usefixtures("record", "remembering")
def test_a_record_of_a_moment_is_the_one_that_was_held_then() -> None:
    """After every kind of change, row by row; each moment is asked when all has happened."""
    held: list[tuple[str, datetime, Record]] = [("at first", timezone.now(), current_record())]
    for name, change in CHANGES.items():
        change()
        held.append((name, timezone.now(), current_record()))
    correct(newest(), lead_inspector="Kit Specimen")  # so that each is read from the history
    now = current_record()
    for name, moment, then in held:
        found, expected = content(record_known_at(moment, now)), content(then)
        for part in expected:
            assert found[part] == expected[part], f"{name}: {part}"


@pytest.mark.usefixtures("record", "remembering")
def test_a_record_that_has_not_changed_is_one_query_and_the_same_object(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    record = current_record()
    with django_assert_num_queries(0):
        pinned = record_known_at(timezone.now(), record)
    assert content(pinned) == content(record)
    assert (record.known, pinned.known) == (None, record.changed_at)
    with django_assert_num_queries(1):
        assert current_record() is record
    with django_assert_num_queries(0):
        assert record_known_at(record.changed_at, record) is pinned


@pytest.mark.usefixtures("record", "remembering")
def test_what_a_writer_has_read_is_gone_on_with_and_comparisons_only_where_they_stand(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    before = current_record()
    before.compare("figures", lambda: "as before")
    actions.correct(newest(), changes={"lead_inspector": "Jo"}, reason="Printed so.", by=None)
    after = read_record(None)
    store.hold(after)
    with django_assert_num_queries(1):
        held = current_record()
    assert held == after
    assert held.compare("figures", lambda: "anew") == "as before"
    council = Council.objects.get(slug="luton")
    actions.correct(council, changes={"short_name": "Lutown"}, reason="Renamed.", by=None)
    store.hold(after)
    last = current_record()
    assert last.council(council.pk).short_name == "Lutown"
    assert last.compare("figures", lambda: "anew") == "anew"


@pytest.mark.usefixtures("record", "remembering")
def test_a_restored_database_of_the_same_version_is_read_anew() -> None:
    """Another day's backup may bear the number of the version that this process holds."""
    before = current_record()
    Inspection.objects.filter(pk=newest().pk).update(lead_inspector="Jo Specimen")
    assert current_record() is before
    RecordState.objects.update(identity="as-restored")
    after = current_record()
    assert (after.version, after.identity) == (before.version, "as-restored")
    assert "Jo Specimen" in {row.lead_inspector for row in after.inspections}


@pytest.mark.parametrize("name", ["empty_record", "record"])
def test_reading_a_record_takes_the_same_few_queries_whatever_it_holds(
    name: str, request: pytest.FixtureRequest, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    request.getfixturevalue(name)
    store.forget()
    with django_assert_max_num_queries(45):
        now = current_record()
    with django_assert_max_num_queries(46):
        record_known_at(datetime(2100, 1, 1, tzinfo=UTC), now)


def at(moment: datetime) -> Any:
    return mock.patch.object(timezone, "now", return_value=moment)


MOMENTS = [datetime(2100, 1, day, 12, tzinfo=UTC) for day in range(1, MOST_PINNED + 3)]


@pytest.fixture
def versions(record: None) -> list[int]:
    """A change at each of these moments: how many points an inspection has."""
    fact = newest()
    for number, moment in enumerate(MOMENTS, start=100):
        with at(moment):
            correct(fact, improvement_points=number)
    return list(range(100, 100 + len(MOMENTS)))


def points(record: Record) -> int | None:
    own = record.full_inspections_of(record.council_by_slug["luton"].id)
    return max(own, key=lambda row: row.start_date).improvement_points


def test_moments_between_two_versions_share_one_record(versions: list[int]) -> None:
    now, hour = current_record(), timedelta(hours=1)
    for moment, number in zip(MOMENTS, versions, strict=True):
        found = record_known_at(moment, now)
        assert points(found) == number
        assert found.known == moment
        assert record_known_at(moment + hour, now) is found
        assert record_known_at(moment + 23 * hour, now) is found
        assert record_known_at(moment - timedelta(microseconds=1), now) is not found


def test_few_pinned_records_are_kept_those_asked_for_last(
    versions: list[int], django_assert_num_queries: Callable[[int], Any]
) -> None:
    now = current_record()
    first = record_known_at(MOMENTS[0], now)
    others = [record_known_at(moment, now) for moment in MOMENTS[1:MOST_PINNED]]
    assert record_known_at(MOMENTS[0], now) is first
    record_known_at(MOMENTS[MOST_PINNED], now)
    with django_assert_num_queries(0):
        assert record_known_at(MOMENTS[0], now) is first
        assert [record_known_at(moment, now) for moment in MOMENTS[2:MOST_PINNED]] == others[1:]
    assert record_known_at(MOMENTS[1], now) is not others[0]
    assert points(record_known_at(MOMENTS[1], now)) == versions[1]


@pytest.mark.usefixtures("remembering")
def test_what_was_pinned_is_read_anew_when_the_record_has_changed(versions: list[int]) -> None:
    """A line of history may be taken away by an administrator, and a council's address changes."""
    now = current_record()
    pinned = record_known_at(MOMENTS[0], now)
    correct(luton(), website="https://example.org/")
    assert record_known_at(MOMENTS[0], current_record()) is not pinned


def test_before_the_first_version_nothing_is_known_but_the_frameworks_of_now(
    record: None,
) -> None:
    now = current_record()
    early = record_known_at(datetime(2000, 1, 1, tzinfo=UTC), now)
    assert (early.councils, early.inspections, early.visits, early.is_empty) == ((), (), (), True)
    assert early.book == now.book
    assert RecordMoment.objects.filter(version=now.version).exists()


def test_a_reader_who_never_finds_a_quiet_moment_takes_the_writers_turn(
    record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a transaction of its own, where others write between every two of its queries."""
    store.forget()
    read, times = store.read_record, []

    def slow(known: datetime | None) -> Record:
        times.append(known)
        found = read(known)
        if len(times) <= store.TRIES:
            actions.raise_version()
        return found

    monkeypatch.setattr(store, "read_record", slow)
    found = current_record()
    assert len(times) == store.TRIES + 1
    assert found.identity == store.current_identity()


def test_actions_taken_together_make_one_version_and_no_moment_between(record: None) -> None:
    before, facts = current_record(), [newest("luton"), newest("trafford")]
    with actions.together():
        for fact in facts:
            correct(fact, improvement_points=77)
        assert store.current_identity() == before.identity
    after = current_record()
    assert after.version == before.version + 1
    assert RecordMoment.objects.filter(version__gt=before.version).count() == 1
    record_inspection()
    assert current_record().version == after.version + 1


def test_actions_together_that_fail_leave_the_version_and_the_next_ones_as_ever(
    record: None,
) -> None:
    before = current_record()
    with pytest.raises(ZeroDivisionError), actions.together():
        correct(newest(), improvement_points=77)
        _ = 1 / 0
    assert current_record().version == before.version
    assert points(current_record()) != 77
    correct(newest(), improvement_points=78)
    assert current_record().version == before.version + 1
    with actions.together():
        pass
    assert current_record().version == before.version + 1


# The log meets what it explains by keys


def test_an_entry_is_found_whatever_the_labels_say(
    record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every word in between is reworded: the field's label, the area's name, the event's date."""
    then, fact = current_record(), newest("trafford")
    judgement = fact.judgements.get(area__code="leaders")
    other = Grade.objects.filter(scale=judgement.grade.scale).exclude(pk=judgement.grade_id).first()
    correct(fact, end_date=fact.end_date - timedelta(days=1))
    correct(judgement, grade=other)
    visit = Visit.objects.filter(council=fact.council).latest("publication_date")
    correct(visit, topic="front door")
    for model, name in ((Inspection, "end_date"), (Visit, "topic"), (type(judgement), "grade")):
        monkeypatch.setattr(model._meta.get_field(name), "verbose_name", "reworded")
    correct(judgement.area, short_name="Reworded")
    correct(fact, start_date=fact.start_date - timedelta(days=40))
    council = then.council_by_slug["trafford"]
    scope = diff.Scope(council_ids=frozenset({council.id}))
    found = diff.difference(then, current_record(), DAY, scope)
    assert {(row.field, row.area): row.entry and row.entry.reason for row in found.changed} == {
        ("start_date", ""): "For the test",
        ("end_date", ""): "For the test",
        ("grade", "leaders"): "For the test",
        ("topic", ""): "For the test",
    }
    assert found.logged == ()

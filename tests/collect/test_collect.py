"""A look at a site on loopback: what is found, filed, told; and what a bad site does."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from inspections.importers.collect import guest, looking
from inspections.models import (
    CollectedDocument,
    CollectRun,
    Council,
    Coverage,
    Draft,
    Inspection,
    RecordState,
    Visit,
)
from tests.collect.site import Paper, Site, serving
from tests.factories import make_user
from tests.importers import documents as d
from tests.working import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_lock", "only_invented")]
FOCUSED = "focused visit - 4 december 2025, pdf"
REPORT = "children's services inspection - 23 july 2024, pdf"


@pytest.fixture
def own_lock(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.VAR_DIR = tmp_path_factory.mktemp("var")
    settings.MEDIA_ROOT = settings.VAR_DIR / "documents"


@pytest.fixture
def only_invented(record: None) -> None:
    """The frameworks of the record; its councils are past, two invented ones exist."""
    past = date(2025, 1, 1)
    Council.objects.exclude(opened_date__gt=past).update(closed_date=past)
    for number, name in enumerate(("Exampleshire", "Northbridge"), start=1):
        Council.objects.create(
            slug=name.lower(),
            name=f"{name} Council",
            short_name=name,
            ons_code=f"E9900000{number}",
            dfe_code=f"X{number}",
            ofsted_urn=f"99900{number}",
            kind="county",
            ons_region="south_east",
            ofsted_region="south_east",
        )


@pytest.fixture
def site(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Two councils, the first with a letter and a report that can be read."""
    monkeypatch.setattr("inspections.importers.collect.guest.PAUSE_SECONDS", 0)
    letter = d.letter(tmp_path / "letter.pdf").read_bytes()
    report = d.ilacs_report(tmp_path / "report.pdf").read_bytes()
    other = d.letter(
        tmp_path / "other.pdf",
        title="Focused visit to Northbridge children’s services",
        opening="This letter summarises the findings of the focused visit to Northbridge "
        "children’s services on 4 and 5 November 2025. His Majesty’s Inspectors for this visit "
        "were Rae Sample and Jo Specimen.",
    ).read_bytes()
    made = Site(
        {
            "999001": [Paper(50000001, FOCUSED, letter), Paper(50000002, REPORT, report)],
            "999002": [Paper(50000003, FOCUSED, other)],
        }
    )
    with serving(made):
        settings.COLLECT_SITE = settings.COLLECT_FILES = made.address
        settings.CONTACT_EMAIL = "officer@council.example"
        yield made


def collect() -> tuple[CollectRun, str]:
    out = StringIO()
    try:
        call_command("collect", stdout=out)
    except SystemExit:
        out.write("(exit 1)")
    return CollectRun.objects.latest("pk"), out.getvalue()


def told(run: CollectRun) -> str:
    return " ".join(f"{p['place']} {p['found']}" for p in run.problems)


def coverage() -> dict[str, date]:
    return dict(Coverage.objects.values_list("kind", "complete_to_date"))


def test_new_documents_become_drafts_and_nothing_is_published(site: Site) -> None:
    version = RecordState.objects.get().version
    run, printed = collect()
    assert run.saw_whole_list, printed
    assert {
        (draft.council.short_name, draft.is_visit, draft.facts["kind"], draft.state)
        for draft in Draft.objects.all()
    } == {
        ("Exampleshire", True, "focused_visit", "draft"),
        ("Exampleshire", False, "short", "draft"),
        ("Northbridge", True, "focused_visit", "draft"),
    }
    assert not Inspection.objects.filter(council__closed_date=None).exists()
    assert not Visit.objects.filter(council__closed_date=None).exists()
    assert RecordState.objects.get().version >= version


def test_a_draft_holds_what_was_read_and_its_document(site: Site) -> None:
    collect()
    draft = Draft.objects.get(is_visit=False)
    assert draft.facts["publication_date"] == "2024-07-23"
    assert draft.facts["grade:overall"] == "good"
    assert [point["page"] for point in draft.points] == [2, 2, 2]
    assert draft.document_url == f"{site.address}/v1/file/50000002"
    assert draft.document.read() == site.councils["999001"][1].content


def test_the_next_look_asks_for_no_document_again_and_files_nothing_twice(site: Site) -> None:
    collect()
    site.asked.clear()
    run, _ = collect()
    assert Draft.objects.count() == CollectedDocument.objects.count() == 3
    assert site.asked["/v1/file/50000002"] == 0
    assert run.saw_whole_list


def test_what_the_record_holds_by_its_address_is_not_downloaded(site: Site) -> None:
    council = Council.objects.get(slug="northbridge")
    Visit.objects.create(
        council=council,
        kind="focused_visit",
        start_date=date(2025, 11, 4),
        reference="2025-11-04",
        publication_date=date(2025, 12, 4),
        letter_url=f"{site.address}/v1/file/50000003",
    )
    collect()
    assert site.asked["/v1/file/50000003"] == 0
    assert CollectedDocument.objects.get(council=council).outcome == "held"


def test_a_new_document_of_a_later_look_is_found(site: Site, tmp_path: Path) -> None:
    collect()
    path = d.letter(
        tmp_path / "new.pdf",
        day="20 March 2026",
        title="Monitoring visit to Exampleshire children’s services",
        opening="This letter summarises the findings of the monitoring visit to Exampleshire "
        "children’s services on 24 and 25 February 2026. His Majesty’s Inspectors for this visit "
        "were Rae Sample and Jo Specimen.",
    )
    site.councils["999001"].insert(
        0, Paper(50000009, "monitoring visit - 20 march 2026, pdf", path.read_bytes())
    )
    run, _ = collect()
    assert run.counts["draft"] == 1
    assert Draft.objects.filter(facts__kind="monitoring_visit").count() == 1


def test_coverage_moves_to_the_eve_but_never_past_what_waits(site: Site) -> None:
    before = coverage()
    run, _ = collect()
    eve = timezone.localdate(run.started_at) - timezone.timedelta(days=1)
    after = coverage()
    assert after["focused_visit"] == date(2025, 12, 3), "a focused visit of 4 December waits"
    assert after["monitoring_visit"] == eve > before["monitoring_visit"]
    assert after["full_inspections"] == before["full_inspections"], "a report of 2024 waits"


def test_coverage_moves_on_once_what_waits_is_settled(site: Site) -> None:
    collect()
    Draft.objects.update(state=Draft.State.DISCARDED)
    run, _ = collect()
    eve = timezone.localdate(run.started_at) - timezone.timedelta(days=1)
    assert set(coverage().values()) == {eve}


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/search", 500),
        ("/search", "<html><p>Our new site</p></html>"),
        ("/provider/44/999001", 404),
        ("/provider/44/999001", "loop"),
        ("/provider/44/999001", "<html><p>Our new site</p></html>"),
    ],
)
def test_a_page_that_fails_is_told_and_moves_no_coverage(
    site: Site, path: str, fault: int | str
) -> None:
    before = coverage()
    site.faults[path] = fault
    run, printed = collect()
    assert not run.saw_whole_list
    assert path in told(run)
    assert "(exit 1)" in printed
    assert coverage() == before


@pytest.mark.parametrize("fault", [500, 404, 403, "cut", "loop", "away"])
def test_a_document_that_is_not_given_waits_and_the_others_are_filed(
    site: Site, fault: int | str
) -> None:
    site.faults["/v1/file/50000001"] = fault
    run, _ = collect()
    assert Draft.objects.count() == 2
    assert "/v1/file/50000001" in told(run)
    assert coverage()["focused_visit"] == date(2025, 12, 3)
    site.faults.clear()
    collect()
    assert Draft.objects.count() == 3


def test_an_answer_that_never_ends_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guest, "TRIES", 1)
    site.faults["/v1/file/50000001"] = "slow"
    polite = guest.Guest("", frozenset({site.address.partition("://")[2]}), pause=0, seconds=0.5)
    with pytest.raises(guest.NotGivenError):
        polite.get(f"{site.address}/v1/file/50000001", most_bytes=2_000_000)


def test_more_bytes_than_allowed_are_not_taken(site: Site) -> None:
    polite = guest.Guest("", frozenset({site.address.partition("://")[2]}), pause=0)
    with pytest.raises(guest.NotGivenError, match="more than"):
        polite.get(f"{site.address}/v1/file/50000001", most_bytes=100)


def test_what_robots_ask_not_to_read_is_not_asked(site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /search\n"
    run, _ = collect()
    assert site.asked["/search"] == 0
    assert "robots.txt" in told(run)
    assert not run.saw_whole_list


def test_another_host_is_never_asked(site: Site) -> None:
    polite = guest.Guest("", frozenset({"reports.example"}), pause=0)
    with pytest.raises(guest.NotGivenError, match="another host"):
        polite.get(f"{site.address}/search", most_bytes=100)


def test_the_user_agent_names_the_operator(site: Site) -> None:
    collect()
    assert site.agents == {"childrens-services-record (+mailto:officer@council.example)"}


def test_requests_keep_their_distance(site: Site) -> None:
    waited: list[float] = []
    host = site.address.partition("://")[2]
    polite = guest.Guest("", frozenset({host}), pause=1000, sleep=waited.append)
    for _ in range(3):
        polite.get(f"{site.address}/search?start=0&rows=100", most_bytes=1_000_000)
    assert polite.requests == 4, "robots.txt and three pages"
    assert len(waited) == 3
    assert all(900 < seconds <= 1000 for seconds in waited)


def test_a_busy_site_is_asked_again_later_and_later(site: Site) -> None:
    waited: list[float] = []
    host = site.address.partition("://")[2]
    site.faults["/search"] = 503
    polite = guest.Guest("", frozenset({host}), pause=10, sleep=waited.append)
    with pytest.raises(guest.NotGivenError, match="status 503, 3 times"):
        polite.get(f"{site.address}/search?start=0&rows=100", most_bytes=1_000_000)
    assert site.asked["/search"] == 3
    assert {10, 20} <= set(waited)


def test_a_document_no_longer_listed_is_told_once(site: Site) -> None:
    collect()
    gone = site.councils["999001"].pop(0)
    run, _ = collect()
    assert f"{gone.number}" in told(run)
    assert "not listed any more" in told(run)
    assert "not listed" not in told(collect()[0])


def test_a_replaced_document_is_told_and_the_draft_stays(site: Site, tmp_path: Path) -> None:
    CollectedDocument.objects.all().delete()
    newest = f"focused visit - {timezone.localdate() - timezone.timedelta(days=9):%-d %B %Y}, pdf"
    site.councils["999002"] = [Paper(50000008, newest, b"%PDF-1.4 of no kind")]
    collect()
    site.councils["999002"][0].content = b"%PDF-1.4 replaced"
    run, _ = collect()
    assert "another file than the one read before" in told(run)
    draft = Draft.objects.get(document_url__endswith="50000008")
    assert (draft.places["council"], draft.places["kind"]) == ("Ofsted's list", "Ofsted's list")


def test_a_document_about_another_council_is_a_draft_that_says_so(site: Site) -> None:
    paper = site.councils["999001"].pop(0)
    site.councils["999002"].append(paper)
    collect()
    draft = Draft.objects.get(document_url__endswith="50000001")
    assert draft.council.slug == "northbridge"
    assert any("exampleshire" in problem["found"] for problem in draft.problems)


def test_another_kind_of_document_makes_no_draft(site: Site, tmp_path: Path) -> None:
    stranger = d.Paper(tmp_path / "x.pdf")
    stranger.line("School report")
    stranger.wrapped("Pupils of an invented school tell their headteacher what they like. " * 9)
    content = stranger.save().read_bytes()
    site.councils["999002"].append(Paper(50000007, "school report - 1 may 2010, pdf", content))
    run, _ = collect()
    assert run.counts["other"] == 1
    assert not Draft.objects.filter(document_url__endswith="50000007").exists()


def test_a_council_of_an_unknown_number_is_told(site: Site) -> None:
    site.councils["999777"] = []
    run, _ = collect()
    assert "999777" in told(run)
    assert not run.saw_whole_list


def test_a_council_missing_from_the_list_is_told(site: Site) -> None:
    del site.councils["999002"]
    run, _ = collect()
    assert "no page of Northbridge" in told(run)
    assert not run.saw_whole_list


def test_a_link_without_a_day_above_the_newest_holds_coverage_and_an_old_one_does_not(
    site: Site,
) -> None:
    site.councils["999002"].append(Paper(50000004, "old letter - 1 may 2010, pdf"))
    site.councils["999002"].append(Paper(50000005, "older letter, pdf"))
    assert collect()[0].saw_whole_list
    site.councils["999002"].insert(0, Paper(50000006, "new letter, pdf"))
    assert not collect()[0].saw_whole_list


def test_published_at_once_only_where_told_so_and_marked(site: Site, settings: Any) -> None:
    settings.COLLECT_PUBLISHES = True
    run, printed = collect()
    assert run.counts["published"] == 3, printed
    inspection = Inspection.objects.get(council__slug="exampleshire")
    assert inspection.get_checked_display() == "Read by machine, not yet confirmed"
    assert inspection.report_url == f"{site.address}/v1/file/50000002"
    visit = Visit.objects.get(council__slug="northbridge")
    assert visit.get_confidence_display() == "Read by machine, not yet confirmed"


def test_time_that_is_up_leaves_the_rest_for_the_next_look(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = looking._read_page

    def first_only(look: looking.Look, *rest: Any) -> None:
        original(look, *rest)
        look.deadline = 0

    monkeypatch.setattr(looking, "_read_page", first_only)
    run, _ = collect()
    assert run.state == "stopped"
    before = Draft.objects.count()
    assert 0 < before < 3
    monkeypatch.setattr(looking, "_read_page", original)
    collect()
    assert Draft.objects.count() == 3


# The button


def test_a_look_by_the_button_is_done_once_by_the_worker(site: Site, client: Client) -> None:
    client.force_login(make_user("officer", is_staff=True, is_superuser=True))
    assert "Look now" in client.get("/entry/").content.decode()
    for _ in range(2):
        assert client.post("/entry/look/").headers["Location"] == "/entry/"
    assert DBTaskResult.objects.count() == 1
    assert "has been asked for" in client.get("/entry/").content.decode()
    assert work() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
    assert CollectRun.objects.get().state == CollectRun.State.FINISHED
    assert Draft.objects.filter(origin=Draft.Origin.COLLECTED).count() == 3
    assert "Look now" in client.get("/entry/").content.decode()


def test_the_button_is_for_those_who_may_enter(client: Client) -> None:
    client.force_login(make_user("reader", is_staff=True))
    assert client.post("/entry/look/").status_code == 403
    assert not DBTaskResult.objects.exists()

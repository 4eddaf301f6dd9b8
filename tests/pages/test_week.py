"""The page of a week: what came out in it, what was corrected in it, and the weeks beside it."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from inspections import actions, store
from inspections.models import Inspection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record"), pytest.mark.once]


def page(client: Client, query: str) -> str:
    return " ".join(client.get(f"/england/week/{query}").content.decode().split())


def test_a_week_shows_each_of_its_publications_and_no_other(client: Client) -> None:
    monday, sunday = date(2026, 3, 9), date(2026, 3, 15)
    record = store.current_record()
    expected = {
        f"/councils/{record.council(row.council_id).slug}/inspections/{row.reference}/"
        for row in (*record.inspections, *record.visits)
        if row.publication_date and monday <= row.publication_date <= sunday
    }
    assert expected
    for day in ("2026-03-09", "2026-03-12", "2026-03-15"):
        text = page(client, f"?week={day}")
        found = re.search(r'<table class="rows stack week">.*?</table>', text)[0]
        assert set(re.findall(r'href="(/councils/[^"]+/inspections/[^"]+)"', found)) == expected
        assert "Published in the week of 9 March 2026" in text
        assert 'href="/england/week/?week=2026-03-02"' in text
        assert 'href="/england/week/?week=2026-03-16"' in text


def test_a_report_not_read_here_stands_in_its_week_and_in_the_feeds(client: Client) -> None:
    unread = store.current_record().unread_by(timezone.localdate())
    council = store.current_record().council(min(unread))
    row = unread[council.id]
    text = page(client, f"?week={row.publication_date}")
    assert f'<a href="/councils/{council.slug}/">Standard inspection, July 2026</a>' in text
    told = (
        "Published, but their grades are not yet on this site: the reports on Dudley, "
        "Hertfordshire and Slough of 25 August 2026."
    )
    assert f'<p class="sentence second">{told}</p>' in text
    assert f'<a href="{row.report_url}">Ofsted&#x27;s report' in text.replace("'", "&#x27;")
    assert "Published in the week" in text
    for feed in ("/england.atom", f"/councils/{council.slug}.atom"):
        told = client.get(feed).content.decode()
        assert f"/councils/{council.slug}/#out-{row.publication_date}" in told, feed
    before = client.get(f"/councils/{council.slug}.atom?as_at=2026-08-24").content.decode()
    assert "#out-" not in before


def test_a_week_past_the_record_says_to_which_day_it_is_known(client: Client) -> None:
    text = page(client, "")
    seen = store.current_record().seen_to(timezone.localdate())
    assert f" is not known here: this record ends on {seen:%-d %B %Y}, " in text
    assert re.search(r", \d+ weeks before\.", text)
    assert "The last week known here with something published" in text
    assert "Week after" not in text and "Week before" not in text
    # What is out and not read here says no grade: the last week that does stands below.
    read = text.split("The last week with grades on this site")[1]
    assert "week of 17 August 2026" in read and "/councils/lancashire/" in read
    assert re.search(r'<table class="rows stack week">.*?href="/councils/', text)
    assert "published, but not yet on this site" not in page(client, "?week=2026-03-09")
    empty = page(client, "?week=2026-11-02")
    assert (
        '<table class="rows stack week">' not in empty and "The last week known here with" in empty
    )


def test_a_correction_stands_in_its_week_with_its_reason(client: Client) -> None:
    fact = Inspection.objects.filter(council__slug="luton").latest("publication_date")
    actions.correct(fact, changes={"lead_inspector": "Rae Sample"}, reason="Misread.", by=None)
    assert "Rae Sample" in page(client, "")
    assert "Rae Sample" not in page(client, "?week=2026-03-09")


@pytest.mark.parametrize("query", ["?week=1990-01-01", "?week=2026-02-30", "?as_at=1991-01-01"])
def test_the_ends_of_time_are_pages(client: Client, query: str) -> None:
    assert client.get(f"/england/week/{query}").status_code == 200


def test_a_week_that_is_not_over_is_told_to_its_day(client: Client) -> None:
    assert "in the week of 31 March 2025, to 31 March 2025." in page(client, "?as_at=2025-03-31")


def test_a_week_in_which_visits_are_not_complete_says_so(client: Client) -> None:
    assert "Nothing on record was published" in page(client, "?week=2023-12-25")
    told = page(client, "?week=2020-02-17")
    assert "Visits are complete only from 1 April 2021." in told
    assert "are complete" not in page(client, "?week=2023-06-05").partition("<footer")[0]

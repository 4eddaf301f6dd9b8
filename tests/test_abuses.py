"""Every way to hurt the site has its tests; here are those that belong nowhere else."""

import http.client
import importlib
import pkgutil
import re
import sqlite3
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

import inspections.importers
from dashboard.http import answers
from dashboard.http.cost import Budget
from inspections.models import Draft
from inspections.rules.matching import shorter_names
from tests.abuses import ABUSES
from tools.server import database_copy, running_server

PASSWORD = "an invented password"


def test_every_abuse_has_its_tests() -> None:
    assert len(ABUSES) == 34
    for abuse, tests in ABUSES.items():
        assert tests, abuse
        for test in tests:
            path, name = test.split("::")
            text = (Path(settings.BASE_DIR) / path).read_text()
            assert re.search(rf"^def {name}\(", text, re.MULTILINE), test


@pytest.fixture
def unbounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "budget", Budget(client=1e9, all_together=1e9))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sought",
    ["%%%%", "_" * 150, "%luton%", "' OR 1=1--", "x' UNION SELECT password FROM inspections_user--",
     "1; DROP TABLE inspections_council", "l_ton", ".*", "^", "(a+)+$"],
)  # fmt: skip
def test_a_search_takes_every_letter_as_it_is(
    client: Client, record: None, unbounded: None, sought: str
) -> None:
    client.get("/councils/")  # reads the record
    began = time.thread_time()
    page = client.get(f"/councils/?q={quote(sought)}").content.decode()
    assert time.thread_time() - began < 1
    assert not re.findall(
        r'<tr[^>]*>\s*<t[hd][^>]*>.{0,300}href="/councils/leeds/"', page, re.DOTALL
    )
    assert client.get(f"/api/v1/inspections?council={quote(sought)}").status_code in {400, 404, 422}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["../../evil.pdf", "report.pdf.html", "a\r\nX-Evil: 1.pdf", "x" * 300 + ".pdf", "\u202efdp.exe",
     "<img src=x onerror=alert(1)>.pdf"],
)  # fmt: skip
def test_an_upload_is_kept_under_a_name_of_its_own(
    client: Client, record: None, settings: object, tmp_path: Path, name: str
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    boss = get_user_model().objects.create_superuser("boss", password=PASSWORD)
    client.force_login(boss)
    body = b"<html><script>alert(1)</script></html>"
    answer = client.post("/entry/", {"document": SimpleUploadedFile(name, body)})
    assert answer.status_code in {200, 302, 400}
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in kept:
        assert re.fullmatch(r"[0-9a-f]+(\.pdf)?", path.name), path
    for draft in Draft.objects.all():
        page = client.get(f"/entry/{draft.pk}/").content.decode()
        assert "<img src=x" not in page
        document = client.get(f"/entry/{draft.pk}/document.pdf")
        if document.status_code == 200:
            assert document.headers["Content-Type"] == "application/pdf"
            assert document.headers["X-Content-Type-Options"] == "nosniff"
            assert "X-Evil" not in document.headers


@pytest.mark.django_db
def test_a_session_that_somebody_else_has_set_is_not_taken_over(client: Client) -> None:
    get_user_model().objects.create_superuser("officer", password=PASSWORD)
    client.cookies["sessionid"] = "a" * 32
    client.post("/admin/login/", {"username": "officer", "password": PASSWORD})
    assert client.cookies["sessionid"].value != "a" * 32
    assert client.get("/admin/").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = "a" * 32
    assert thief.get("/admin/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"HX-Request": "true"}, {"Origin": "null"},
     {"Content-Type": "text/plain"}],
)  # fmt: skip
def test_another_site_can_send_nothing_in_a_persons_name(headers: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.create_superuser("officer", password=PASSWORD))
    token = strict.get("/admin/password_change/").cookies["csrftoken"].value
    sent = {} if "Origin" not in headers else {"csrfmiddlewaretoken": token}
    if "Content-Type" in headers:
        answer = strict.post("/entry/", '{"a": 1}', content_type="text/plain")
    else:
        answer = strict.post("/entry/", {"what": "Luton", **sent}, headers=headers)
    assert answer.status_code == 403
    assert not Draft.objects.exists()


HOSTILE_TEXTS = (
    "a", "a ", " ", "1 ", "Ab ", "Ab", "- ", "(", "1 January 2020 to ", "\n", ", ", "a-",
    "council ", "the ", "A. ", "/", "x(", "Inspection of ", "grade 4 ", "&amp;",
)  # fmt: skip


def own_patterns() -> set[re.Pattern[str]]:
    """Every pattern that a module keeps, by itself or in a tuple, a list or a table."""
    for module in pkgutil.walk_packages(inspections.importers.__path__, "inspections.importers."):
        importlib.import_module(module.name)
    held: list[object] = []
    for name, module_ in list(sys.modules.items()):
        if name.startswith(("inspections.", "dashboard.", "config.")):
            held += vars(module_).values()
    for value in held:  # also what is added meanwhile
        if isinstance(value, dict):
            held += [*value, *value.values()]
        elif isinstance(value, tuple | list) and value is not held:
            held += value
    return {one for one in held if isinstance(one, re.Pattern) and isinstance(one.pattern, str)}


def test_four_times_the_hostile_text_takes_any_pattern_about_four_times_as_long() -> None:
    def seconds(pattern: re.Pattern[str], unit: str, length: int) -> float:
        text = (unit * length)[:length] + "!"
        began = time.thread_time()
        pattern.search(text)
        return time.thread_time() - began

    own = own_patterns()
    assert len(own) > 80
    for pattern in own:
        for unit in HOSTILE_TEXTS:
            taken = seconds(pattern, unit, 8000)
            if taken > 0.02:  # of one that takes the square of it: a second
                least = min(seconds(pattern, unit, 8000) for _ in range(3))
                assert least < 8 * seconds(pattern, unit, 2000), (pattern.pattern, unit, taken)


def test_a_name_of_a_thousand_words_is_shortened_no_further() -> None:
    assert len(shorter_names("Luton Borough Council")) == 2
    assert len(shorter_names("council " * 1000)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 6, 28, 23, 30, tzinfo=UTC), date(2027, 6, 29)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), date(2027, 10, 31)),
    ],
)
def test_a_day_begins_at_midnight_in_london(
    client: Client, record: None, monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    answer = client.get("/api/v1/councils?page_size=1", headers={"Accept-Language": "en-NZ"})
    assert answer.json()["as_at"] == day.isoformat()


@pytest.mark.services
def test_a_locked_database_is_read_and_says_that_it_takes_nothing(tmp_path: Path) -> None:
    file = database_copy(tmp_path)
    with running_server(f"sqlite:///{file}", threads=1) as address:
        host = address.removeprefix("http://")

        def ask(path: str, method: str = "GET", body: str = "", **headers: str):
            asked = http.client.HTTPConnection(host, timeout=30)
            asked.request(method, path, body or None, headers)
            answer = asked.getresponse()
            answer.text = answer.read().decode()
            return answer

        form = ask("/report/")
        token = form.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        given = {"csrfmiddlewaretoken": token, "about": "/", "fact": "", "said": "It was May."}
        headers = {"Content-Type": "application/x-www-form-urlencoded",
                   "Cookie": form.headers["Set-Cookie"].split(";")[0]}  # fmt: skip
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert ask("/councils/luton/").status == 200
        began = time.monotonic()
        refused = ask("/report/", "POST", urlencode(given), **headers)
        assert time.monotonic() - began < 15
        assert refused.status == 503
        assert "Nothing was saved" in refused.text
        assert "It was May." in refused.text
        other.execute("ROLLBACK")
        assert ask("/report/", "POST", urlencode(given), **headers).status == 302

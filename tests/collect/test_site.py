"""What Ofsted's pages say, as tables of cases."""

from datetime import date

import pytest

from inspections.importers.collect.site import LayoutError, Listed, documents, list_url, providers
from inspections.vocabulary import CoverageKind

PAGE = "https://reports.example/provider/44/80001"
HOST = "files.example"


def page(*words: str, number: int = 50000001) -> str:
    return "".join(
        f'<a class="publication-link" href="https://{HOST}/v1/file/{number + n}">x'
        f'<span class="nonvisual">{text}</span></a>'
        for n, text in enumerate(words)
    )


@pytest.mark.parametrize(
    ("words", "kind_text", "day", "kind"),
    [
        (
            "children's services inspection - 10 march 2026, pdf",
            "children's services inspection",
            date(2026, 3, 10),
            CoverageKind.INSPECTIONS,
        ),
        ("10 March 2026 – Focused visit, PDF", "Focused visit", date(2026, 3, 10), "focused_visit"),
        (
            "pdf, monitoring visit, 1 may 2025",
            "monitoring visit",
            date(2025, 5, 1),
            "monitoring_visit",
        ),
        (
            "Joint targeted area inspection - 2 june 2024, pdf",
            "Joint targeted area inspection",
            date(2024, 6, 2),
            "jtai",
        ),
        (
            "assurance visit : 3 july 2021 : pdf",
            "assurance visit",
            date(2021, 7, 3),
            "assurance_visit",
        ),
        (
            "a letter about something - 3 july 2021, pdf",
            "a letter about something",
            date(2021, 7, 3),
            None,
        ),
    ],
)
def test_the_hidden_words_tell_kind_and_day(
    words: str, kind_text: str, day: date, kind: str | None
) -> None:
    ((found,), unread) = documents(page(words), PAGE, HOST)
    assert (found.kind_text, found.publication_date, found.kind) == (kind_text, day, kind)
    assert not unread


def test_what_is_no_pdf_is_no_document() -> None:
    assert documents(page("web page - 10 march 2026"), PAGE, HOST) == ([], [])


def test_a_page_without_links_is_another_layout() -> None:
    with pytest.raises(LayoutError, match="publication-link"):
        documents("<p>Welcome to our new website</p>", PAGE, HOST)


@pytest.mark.parametrize("words", ["", "focused visit, pdf", "focused visit - 31 june 2026, pdf"])
def test_a_link_without_a_day_is_told_and_the_others_are_read(words: str) -> None:
    found, unread = documents(page("focused visit - 1 may 2026, pdf", words), PAGE, HOST)
    assert [one.publication_date for one in found] == [date(2026, 5, 1)]
    assert [problem.not_after for problem in unread] == [date(2026, 5, 1)]


def test_a_document_on_another_host_is_told() -> None:
    text = page("focused visit - 1 may 2026, pdf").replace(HOST, "elsewhere.example")
    assert documents(text, PAGE, HOST)[0] == []


def test_a_document_listed_twice_is_one() -> None:
    text = page("focused visit - 1 may 2026, pdf")
    assert documents(text + text, PAGE, HOST)[0] == [
        Listed(f"https://{HOST}/v1/file/50000001", "focused visit", date(2026, 5, 1))
    ]


def test_the_list_gives_each_council_once_by_its_number() -> None:
    text = (
        '<a href="/provider/44/80001">A</a><a href="/provider/44/80001?x=1">A</a>'
        '<a href="/about">x</a><a href="https://reports.example/provider/44/80002/">B</a>'
    )
    assert [p.number for p in providers(text, "https://reports.example/search")] == [
        "80001",
        "80002",
    ]


def test_the_address_of_the_list_is_the_documented_one() -> None:
    assert list_url("https://reports.example", 100) == (
        "https://reports.example/search?q=&location=&lat=&lon=&radius=&level_1_types=3"
        "&level_2_types[]=12&start=100&rows=100"
    )

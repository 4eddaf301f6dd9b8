"""The briefing: two sides, true to the pages, the same each time, readable by everybody."""

import io
import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from docx import Document
from pypdfium2 import PdfDocument

from dashboard.council.pack.content import PackState, pack
from dashboard.council.pack.pdf import pages_of
from dashboard.state.address import PlainState
from dashboard.state.opening import Opening
from inspections.questions.asked_for import asked_for
from inspections.questions.context import outside
from inspections.questions.risen import risen
from inspections.record import Record
from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record"), pytest.mark.once]
DAY = date(2026, 8, 22)


def begun(day: date = DAY, **state: object) -> Opening:
    record = current_record()
    return Opening(record, record, PackState(as_at=day, **state), (), day, day, "/")  # type: ignore[arg-type]


def text_of(content: bytes) -> str:
    document = PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


def luton(record: Record):
    return record.council_by_slug["luton"]


def test_every_councils_briefing_has_at_most_two_sides(client: Client) -> None:
    """A sample of every kind: those with most and fewest events, and every eighth of the rest."""
    record = current_record()
    councils = sorted(
        (row for row in record.councils if row.existed_on(DAY)),
        key=lambda row: len(record.events_of(row.id, DAY)),
    )
    for council in {*councils[:2], *councils[-2:], *councils[::16]}:
        answer = client.get(f"/councils/{council.slug}/briefing.pdf?for=officers")
        assert answer.status_code == 200, council
        assert pages_of(answer.content) <= 2, council


def test_the_same_record_gives_the_same_bytes(client: Client) -> None:
    for name in ("pdf", "docx"):
        address = f"/councils/luton/briefing.{name}?as_at=2020-03-01"
        assert client.get(address).content == client.get(f"{address}&for=members").content


def test_the_pdf_says_what_the_page_says(client: Client) -> None:
    made = pack(begun(), luton(current_record()))
    page = client.get("/councils/luton/briefing/?as_at=2026-08-22").content.decode()
    told = text_of(client.get("/councils/luton/briefing.pdf?as_at=2026-08-22").content)
    assert made.ofsted_page.endswith("/44/821") and made.ofsted_page in told
    for said in (*made.sentences, *(row.text for row in made.questions)):
        assert said in told
        assert said.split("'")[0] in page


def test_every_council_has_eight_questions_each_with_a_fact_and_its_source() -> None:
    record = current_record()
    for council in record.councils:
        if council.existed_on(DAY):
            questions = pack(begun(sections=("questions",)), council).questions
            assert len({row.text for row in questions}) == 8, council
            assert all(row.fact and row.source for row in questions), council


def test_what_had_been_raised_before_comes_first() -> None:
    record = current_record()
    council = luton(record)
    made = pack(begun(date(2020, 3, 1)), council, most_lines=8)
    lines = next(row.lines for row in made.sections if row.key == "asked-for")
    again = ["raised before" in line for line in lines if "more on the page" not in line]
    assert again == sorted(again, reverse=True)
    latest = record.full_inspections_of(council.id, date(2020, 3, 1))[-1]
    found = asked_for(record, latest, date(2020, 3, 1))
    assert found
    assert sum("raised before" in line for line in lines) == min(7, len(found.again))


def test_each_figure_that_stands_out_is_outside_its_neighbours_band() -> None:
    record = current_record()
    council = luton(record)
    made = pack(begun(), council)
    section = next(row for row in made.sections if row.key == "figures")
    found = outside(record, council, DAY)
    assert len(section.lines) == min(8, len(found.stand_out)) > 0
    assert f"{len(found.within)} of the {found.compared} compared measures" in section.note
    for row in found.stand_out:
        band, value = row.latest.band, row.latest.value
        assert band
        assert value is not None
        assert not band.low <= value <= band.high


def test_what_is_still_to_come_is_not_said_to_be_late() -> None:
    made = pack(begun(date(2020, 3, 1)), luton(current_record()))
    assert not any("did not come" in row.text for row in made.questions)
    later = pack(begun(date(2021, 3, 1)), luton(current_record()))
    assert sum("did not come" in row.text for row in later.questions) == 1


def test_what_was_expected_before_the_newest_report_is_asked_about_no_more() -> None:
    made = pack(begun(), luton(current_record()))
    assert not any("did not come" in row.text for row in made.questions)


def test_letters_since_the_report_are_told_and_asked_about_first() -> None:
    """Slough, of which a letter came out in January 2026."""
    record = current_record()
    made = pack(begun(), record.council_by_slug["slough"])
    section = next(row for row in made.sections if row.key == "since")
    assert section.lines[-1].startswith("Focused visit, November 2025: ")
    assert "(again)" in section.lines[-1]
    assert "in November 2025, raised before in" in made.questions[0].fact


@pytest.mark.parametrize(
    ("slug", "day", "newest", "first", "asked_about"),
    [
        # A new report; a visit since; the time between, with nothing asked for since.
        ("luton", date(2020, 3, 1), "The newest on record is Ofsted's report of 24 February 2020.",
         "asked-for", "in January 2020, raised before in"),
        ("slough", date(2026, 2, 1), "2 visits on record since Ofsted's report of 17 March 2023, "
         "the newest: focused visit of November 2025.", "since",
         "in November 2025, raised before in"),
        ("luton", date(2026, 8, 22), "The newest on record is Ofsted's report of 10 March 2026.",
         "asked-for", "in January 2026, raised before in"),
    ],
)  # fmt: skip
def test_a_briefing_is_for_a_new_report_a_visit_or_the_time_between(
    slug: str, day: date, newest: str, first: str, asked_about: str
) -> None:
    made = pack(begun(day), current_record().council_by_slug[slug])
    assert newest in made.sentences
    assert made.sections[0].key == first
    assert asked_about in made.questions[0].fact
    assert any("due about" in line for row in made.sections for line in row.lines)


@pytest.mark.parametrize(
    ("day", "verb"), [(date(2020, 3, 1), "due about 5 June 2020"),
                      (date(2020, 12, 1), "was due about 5 June 2020")]
)  # fmt: skip
def test_a_duty_that_is_over_was_due(day: date, verb: str) -> None:
    made = pack(begun(day), luton(current_record()))
    lines = next(row.lines for row in made.sections if row.key == "dates")
    assert f"the report of 24 February 2020: {verb} (70 working days" in lines[0]


def test_the_plan_on_a_letters_areas_for_priority_action_is_among_the_duties() -> None:
    made = pack(begun(), current_record().council_by_slug["slough"])
    lines = next(row.lines for row in made.sections if row.key == "dates")
    assert (
        "Action plan on areas for priority action, after the letter of 12 January 2026: was due "
        "about 22 April 2026 (70 working days after the letter)." in lines
    )


@pytest.mark.parametrize(
    ("day", "is_told", "after", "due", "asks"),
    [
        (date(2026, 8, 24), False, "17 March 2023", "was due about 30 June 2023", "Which actions"),
        (date(2026, 9, 1), True, "25 August 2026", "due about 2 December 2026", "When does"),
        (date(2027, 1, 4), True, "25 August 2026", "was due about 2 December 2026", "Which"),
    ],
)  # fmt: skip
def test_a_newer_report_that_nobody_has_read_here_is_told_with_its_duties(
    day: date, is_told: bool, after: str, due: str, asks: str
) -> None:
    made = pack(begun(day), current_record().council_by_slug["slough"])
    newer = "A newer report, of 25 August 2026, is published, but not yet on this site"
    assert (newer in " ".join(made.sentences)) is is_told
    lines = next(row.lines for row in made.sections if row.key == "dates")
    assert f"the report of {after}: {due} (70 working days" in lines[0]
    assert any("the letter of 12 January 2026" in line for line in lines)
    asked = [row for row in made.questions if due in row.fact]
    assert [row.text.startswith(asks) for row in asked] == [True]


@pytest.mark.parametrize("reader", ["members", "officers"])
def test_each_question_stands_with_its_source_and_for_officers_its_address(
    client: Client, reader: str
) -> None:
    made = pack(begun(words=reader), luton(current_record()))
    address = f"/councils/luton/briefing{{}}?as_at={DAY}&for={reader}"
    page = re.sub(r"<[^>]+>", "", client.get(address.format("/")).content.decode())
    told = text_of(client.get(address.format(".pdf")).content)
    word = Document(io.BytesIO(client.get(address.format(".docx")).content))
    written = " ".join(row.text for row in word.paragraphs)
    for row in made.questions:
        tail = f": {row.address}" if row.address and reader == "officers" else ""
        for text in (page.replace("&#x27;", "'"), told.replace("’", "'"), written):
            assert f"{row.fact} Source: {row.source}{tail}" in " ".join(text.split())
            assert f"{row.source}: http" not in text or tail


def test_parts_are_chosen_by_boxes(client: Client) -> None:
    answer = client.get("/councils/luton/briefing/?sections-any=dates&sections-any=rose")
    assert answer.status_code == 302
    assert answer["Location"] == "/councils/luton/briefing/?sections=dates~rose"
    page = client.get(answer["Location"]).content.decode()
    assert page.count("checked") == 2
    assert "Duties and dates" in page
    assert "Figures that stand out</h2>" not in page


def test_nobody_is_named_in_a_briefing() -> None:
    record = current_record()
    made = pack(begun(), luton(record))
    told = " ".join([*(line for row in made.sections for line in row.lines)])
    told += " ".join(f"{row.text} {row.fact}" for row in made.questions)
    names = {row.said_by.split(" (")[0] for row in record.statements if "(" in row.said_by}
    assert names
    assert not [name for name in names if name and name in told]


def test_those_who_rose_did_so_from_the_same_grade_in_the_same_area() -> None:
    record = current_record()
    council = luton(record)
    lane = next(row for row in record.book.lanes if row.code == "help_and_protection")
    latest = record.full_inspections_of(council.id, date(2020, 3, 1))[-1]
    judged = next(row for row in latest.judgements if lane in row.area.lanes)
    found = risen(record, council, lane, judged.grade, DAY)
    assert 0 < len(found.rises) <= found.waits
    assert all(row.council.id != council.id for row in found.rises)
    assert all(row.grade.order < judged.grade.order for row in found.rises)
    days = [row.after.publication_date for row in found.rises]
    assert days == sorted(days, reverse=True)


def test_named_sections_alone_are_shown(client: Client) -> None:
    made = pack(begun(sections=("dates",)), luton(current_record()))
    assert [row.key for row in made.sections] == ["dates"]
    assert not made.questions
    assert not made.grades
    assert client.get("/councils/luton/briefing.pdf?sections=nothing").status_code == 400


def test_the_link_of_a_briefing_is_pinned(client: Client) -> None:
    link = pack(begun(), luton(current_record())).link
    assert link.startswith(settings.SITE_URL)
    assert "as_at=2026-08-22" in link
    assert "known=" in link
    assert client.get(link.removeprefix(settings.SITE_URL)).status_code == 200


def test_a_former_name_leads_to_the_briefing(client: Client) -> None:
    answer = client.get("/councils/E06000032/briefing.pdf")
    assert answer.status_code == 301
    assert answer["Location"] == "/councils/luton/briefing.pdf"


def test_a_council_without_an_inspection_has_a_briefing_that_says_so(client: Client) -> None:
    answer = client.get("/councils/luton/briefing.pdf?as_at=2000-01-01")
    assert answer.status_code == 200
    assert "No full inspection is on record to 1 January 2000" in text_of(answer.content)


def test_a_plain_state_has_no_words_of_the_briefing() -> None:
    assert PackState().url("/x/") == PlainState().url("/x/")


def test_a_council_that_is_gone_is_said_to_be_and_is_asked_nothing(client: Client) -> None:
    page = " ".join(client.get("/councils/northamptonshire/briefing/").content.decode().split())
    assert "This council was abolished; its last day was 31 March 2021." in page
    assert "Questions worth asking</h2>" not in page
    assert "Who rose from" not in page.partition("<form")[0]
    then = client.get("/councils/northamptonshire/briefing/?as_at=2020-02-23").content.decode()
    assert "abolished" not in then
    assert "Questions worth asking</h2>" in then


def test_a_grade_from_an_inspection_before_the_last_is_told_with_its_month(client: Client) -> None:
    """The first inspection of the whole service stands beside ones of parts of it."""
    page = " ".join(
        client.get("/councils/luton/briefing/?as_at=2016-06-01").content.decode().split()
    )
    assert re.search(r"(Adequate|Good) \(\w+ 20\d\d\)</td>", page)


def test_what_was_raised_more_often_than_is_named_is_said_to_have_been(client: Client) -> None:
    page = client.get("/councils/slough/briefing/").content.decode()
    assert "raised before in January 2019, October 2020, January 2022 and earlier" in page


def test_letters_since_are_told_with_the_day_to_which_they_are_known(client: Client) -> None:
    page = client.get("/councils/slough/briefing/").content.decode()
    assert "focused visits are complete to 31 March 2025" in page


def test_a_phone_has_a_chart_of_its_own(client: Client) -> None:
    page = client.get("/councils/luton/briefing/").content.decode()
    assert page.count('class="chart chart-wide') == page.count('class="chart chart-narrow') == 1

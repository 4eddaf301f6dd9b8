"""Small words for pages: dates, lists, spans of time, changes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from inspections.measure_rows import Measure
from inspections.rules.comparison import Change, ChangeKind
from inspections.vocabulary import CorrectedKind, FigureSymbol

MILLION = 1_000_000
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def day(value: date | None) -> str:
    """22 November 2026."""
    return f"{value.day} {value:%B %Y}" if value else "not recorded"


def moment(value: datetime) -> str:
    """22 November 2026 at 10:15, in London's time."""
    local = timezone.localtime(value)
    return f"{day(local.date())} at {local:%H:%M}"


def moment_day(value: datetime) -> str:
    """The day of a moment in London."""
    return day(timezone.localtime(value).date())


def month(value: date) -> str:
    return f"{value:%B %Y}"


def month_end(value: date) -> str:
    """March 2025 for a month's last day; another day in full."""
    return month(value) if (value + timedelta(days=1)).day == 1 else day(value)


def days_on_site(start: date | None, end: date | None) -> str:
    """13 to 24 January 2020; the parts that repeat are left out."""
    if start is None:
        return "not recorded"
    if end is None:
        return f"from {day(start)}; last day not recorded"
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def corrected(old: str, new: str) -> str:
    """What a fact was and is, as `5 November 2022 → 5 September 2022`; days are in words."""

    def told(text: str) -> str:
        try:
            return day(date.fromisoformat(text)) if "-" in text else text
        except ValueError:
            return text  # a fact that is no day

    return f"{told(old)} → {told(new)}"


def listing(words: Sequence[str]) -> str:
    """a, b and c."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def of_them(number: int, of: int, one: str, verbs: tuple[str, str], no: str = "not") -> str:
    """`2 of the 3 points belong`; of a single one `the point belongs` or `the point does not`."""
    if of == 1:
        return f"The {one} {verbs[0] if number else no}"
    return f"{number} of the {of:,} {one}s {verbs[number != 1]}"


# Of an inspection or a report whose judgements nobody has entered here yet, everywhere the same.
NOT_YET_HERE = "published, but not yet on this site"


def newer_report(published: date) -> str:
    """`A newer report, of 25 August 2026, is published, but not yet on this site.`"""
    return f"A newer report, of {day(published)}, is {NOT_YET_HERE}."


def newer_of(councils: Sequence[str]) -> str:
    """` Newer reports of Dudley and Slough are published, but not yet on this site.`; empty for
    none."""
    if not councils:
        return ""
    one = "A newer report of {} is" if len(councils) == 1 else "Newer reports of {} are"
    return f" {one.format(listing(councils))} {NOT_YET_HERE}."


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def whole_months(start: date, end: date) -> int:
    """The months of the calendar that are over: 12 from one 3 March to the next, not a day less."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def span(start: date, end: date) -> str:
    """How long from one day to another, in days, then months, then years and months."""
    months = whole_months(start, end)
    if months < 2:
        return count((end - start).days, "day")
    if months < 24:
        return count(months, "month")
    years, rest = divmod(months, 12)
    return f"{years} years" + (f" {count(rest, 'month')}" if rest else "")


def steps(number: int) -> str:
    return f"{NUMBERS[number]} grade{'' if number == 1 else 's'}"


def change(found: Change, since: date | None) -> str:
    """A change in words, as `up one grade since July 2022`."""
    when = f" since {month(since)}" if since else ""
    if found.kind is ChangeKind.FIRST:
        return "first judgement"
    if found.kind is ChangeKind.NOT_COMPARABLE:
        return f"not comparable: {found.reason}"
    if found.kind is ChangeKind.SAME:
        return f"same as in {month(since)}" if since else "same"
    direction = "up" if found.kind is ChangeKind.UP else "down"
    return f"{direction} {steps(abs(found.steps or 0))}{when}"


def amount(value: float, measure: Measure) -> str:
    """A figure as readers write it: `28.9%`, `£108,444`, `£38.9 million`, `45th`, `1,896`."""
    if measure.is_percent:
        return f"{value:,.{measure.decimals}f}%"
    if measure.is_rank:
        return ordinal(round(value))
    number = f"{value:,.{measure.decimals}f}"
    if not measure.is_money:
        return number
    return f"£{number}" if value < MILLION else f"£{value / MILLION:,.1f} million"


def no_amount(symbol: str) -> str:
    """Why there is no figure; the publisher's symbol in words."""
    return FigureSymbol.label_of(symbol) if symbol else "no figure"


FIELDS = {
    "ofsted_urn": "Ofsted number",
    "ons_code": "ONS code",
    "dfe_code": "DfE code",
    "ons_region": "ONS region",
    "start_date": "first day on site",
    "end_date": "last day on site",
    "publication_date": "publication date",
    "start_precision": "first day known to the",
    "has_two_periods": "two periods on site",
    "improvement_points": "number of improvement points",
    "priority_actions": "areas for priority action",
    "report_url": "address of Ofsted's report",
    "letter_url": "address of Ofsted's letter",
    "opened_date": "first day",
    "closed_date": "last day",
    "stated_precision": "date known to the",
    "source_text": "source",
    "name": "name in full",
    "sequence": "number in the sequence",
}


OF_VISITS = {"start_date": "first day", "end_date": "last day"}


def field(name: str, kind: str = "") -> str:
    """A fact's field as a reader would call it; `kind`: what it is a fact of."""
    known = FIELDS | OF_VISITS if kind == CorrectedKind.VISIT else FIELDS
    return known.get(name, name.replace("_", " "))


def begun(part: str) -> str:
    """A part of a sentence as one of its own: `visits are complete` is `Visits are complete`."""
    return part[:1].upper() + part[1:]


def within(sentence: str) -> str:
    """A sentence's beginning within another: `As at 1 May 2026` is `as at 1 May 2026`."""
    return sentence[:1].lower() + sentence[1:]

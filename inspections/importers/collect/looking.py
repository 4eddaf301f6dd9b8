"""One look at Ofsted's site: the list, each council's page, each document not seen before."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import timezone

from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.models import (
    CollectedDocument,
    CollectedPage,
    CollectRun,
    Council,
    Coverage,
    Inspection,
    Visit,
)
from inspections.records import NOTE, Problem

from .filing import file_documents
from .guest import Given, Guest, NotGivenError, Stamp
from .reached import move_coverage
from .site import ROWS_A_PAGE, LayoutError, Listed, Provider, documents, list_url, providers

MOST_PAGES_OF_LIST = 20
MOST_PAGE_BYTES = 5_000_000
MOST_FAILURES = 5
"""After so many failures in a row the site is taken to be down, and the look stops."""
LOOKED_AT_AGAIN_DAYS = 120
"""Documents no older than this are asked for again: Ofsted revises one now and then."""
Outcome = CollectedDocument.Outcome


@dataclass
class Look:
    """A look under way. `files` and `site` are addresses without a slash at the end.

    `complete_to`: the record is complete to this day in every kind; what is older is on record.
    """

    site: str
    files: str
    guest: Guest
    publishes: bool
    today: date
    deadline: float = float("inf")
    complete_to: date = date.min
    tell: Callable[[str], None] = lambda _: None
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    is_whole: bool = True
    failures: int = 0

    def problem(self, place: str, found: str, expected: str, advice: str) -> None:
        self.problems.append(
            Problem(file="", place=place, found=found, expected=expected, advice=advice)
        )

    def given(self, url: str, *, most_bytes: int, stamp: Stamp | None = None) -> Given | None:
        """The answer; None, with a problem noted, where the site does not give it."""
        try:
            given = self.guest.get(url, most_bytes=most_bytes, stamp=stamp)
        except NotGivenError as error:
            self.problem(url, error.found, "an answer", "It is asked for again with the next look.")
            self.failures += error.is_down
            return None
        self.failures = 0
        return given

    @property
    def is_over(self) -> bool:
        """Is the time up, or the site down?"""
        return self.failures >= MOST_FAILURES or time.monotonic() > self.deadline


def look_at_site(look: Look) -> CollectRun:
    """Looks once and files what is new; what was filed before a stop stays and is not redone.

    The caller holds the lock of imports.
    """
    CollectRun.objects.filter(state=CollectRun.State.RUNNING).update(state=CollectRun.State.STOPPED)
    run = CollectRun.objects.create(started_at=timezone.now())
    days = Coverage.objects.values_list("complete_to_date", flat=True)
    look.complete_to = min(days, default=date.min)
    try:
        _look(look, run.started_at)
        run.state = CollectRun.State.STOPPED if look.is_over else CollectRun.State.FINISHED
    except BaseException:
        run.state = CollectRun.State.STOPPED
        raise
    finally:
        run.finished_at = timezone.now()
        run.saw_whole_list = look.is_whole and run.state == CollectRun.State.FINISHED
        look.counts["requests"] = look.guest.requests
        run.counts = dict(look.counts)
        run.problems = [
            {
                "place": problem.place,
                "found": problem.found,
                "expected": problem.expected,
                "advice": problem.advice,
                "is_note": problem.severity == NOTE,
            }
            for problem in look.problems
        ]
        run.save()
        if run.saw_whole_list:
            move_coverage(run)
    return run


def _look(look: Look, now: datetime) -> None:
    held = {
        *Inspection.objects.exclude(report_url="").values_list("report_url", flat=True),
        *Visit.objects.exclude(letter_url="").values_list("letter_url", flat=True),
    }
    listed = list(_providers_in_turn(look))
    for council, provider in listed:
        if look.is_over:
            look.is_whole = False
            return
        look.tell(council.short_name)
        _read_page(look, council, provider, held, now)
    look.counts["councils"] = len(listed)


def _providers_in_turn(look: Look) -> Iterator[tuple[Council, Provider]]:
    """Every council on the list with its page; the page not looked at for longest comes first."""
    found = _whole_list(look)
    councils = {council.ofsted_urn: council for council in Council.objects.all()}
    for provider in found:
        if provider.number not in councils:
            look.problem(
                provider.url,
                f"a council with the Ofsted number {provider.number}, which is not on record",
                "a council of the record",
                "Enter the council with its number, or add the number to the one that it means.",
            )
            look.is_whole = False
    numbers = {provider.number for provider in found}
    today = Council.objects.existing_on(look.today).exclude(ofsted_urn="")
    if found:
        for council in today:
            if council.ofsted_urn not in numbers:
                look.problem(
                    look.site,
                    f"no page of {council} (Ofsted number {council.ofsted_urn}) on the list",
                    "every council that exists today",
                    "See whether its number has changed.",
                )
                look.is_whole = False
    looked_at = dict(CollectedPage.objects.values_list("url", "looked_at"))
    known = [provider for provider in found if provider.number in councils]
    known.sort(key=lambda provider: (provider.url in looked_at, looked_at.get(provider.url)))
    return ((councils[provider.number], provider) for provider in known)


def _whole_list(look: Look) -> list[Provider]:
    found: dict[str, Provider] = {}
    for page in range(MOST_PAGES_OF_LIST):
        url = list_url(look.site, page * ROWS_A_PAGE)
        given = look.given(url, most_bytes=MOST_PAGE_BYTES)
        if given is None:
            look.is_whole = False
            return list(found.values())
        here = providers(given.text, url)
        new = [provider for provider in here if provider.number not in found]
        if not here and page == 0:
            look.problem(
                url,
                "a page without one link to a provider",
                "about 100 councils, each linked by its Ofsted number",
                "Ofsted's list looks different now: the reader of its pages must be changed.",
            )
            look.is_whole = False
        if not new:
            return list(found.values())
        found |= {provider.number: provider for provider in new}
        if len(here) < ROWS_A_PAGE:
            return list(found.values())
    look.problem(look.site, "a list without an end", "about 153 councils", "Look at the list.")
    look.is_whole = False
    return list(found.values())


def _read_page(
    look: Look, council: Council, provider: Provider, held: set[str], now: datetime
) -> None:
    page = CollectedPage.objects.filter(url=provider.url).first()
    stamp = Stamp(page.etag, page.last_modified) if page else None
    given = look.given(provider.url, most_bytes=MOST_PAGE_BYTES, stamp=stamp)
    if given is None:
        look.is_whole = False
        return
    unread: list[LayoutError] = []
    if given.content is not None:
        try:
            listed, unread = documents(given.text, provider.url, urlsplit(look.files).netloc)
        except LayoutError as error:
            advice = "The council's page looks different now: the reader of its pages must change."
            look.problem(provider.url, error.found, error.expected, advice)
            look.is_whole = False
            return
        for problem in unread:
            look.problem(provider.url, problem.found, problem.expected, "Look at it by hand.")
            if problem.not_after is None or problem.not_after > look.complete_to:
                look.is_whole = False
        _note_listed(look, council, provider, listed, held, now)
    wanted = _wanted(council, look.today)
    _download(look, wanted, now)
    # Only now: a page that is not wholly read and filed is asked for whole the next time.
    is_done = (
        not unread
        and not CollectedDocument.objects.filter(
            council=council, outcome__in=[Outcome.LISTED, Outcome.FAILED]
        ).exists()
    )
    CollectedPage.objects.update_or_create(
        url=provider.url,
        defaults={
            "council": council,
            "etag": given.stamp.etag if is_done else "",
            "last_modified": given.stamp.last_modified if is_done else "",
            "looked_at": now,
        },
    )


def _note_listed(
    look: Look,
    council: Council,
    provider: Provider,
    listed: Sequence[Listed],
    held: set[str],
    now: datetime,
) -> None:
    """Remembers every document of the page; says which are not there any more, or back."""
    known = {document.url: document for document in council.collected.all()}
    for one in listed:
        document = known.pop(one.url, None)
        if document is None:
            is_held = one.url in held
            CollectedDocument.objects.update_or_create(
                url=one.url,
                defaults={
                    "council": council,
                    "kind_text": one.kind_text[:200],
                    "kind": one.kind or "",
                    "publication_date": one.publication_date,
                    "outcome": Outcome.HELD if is_held else Outcome.LISTED,
                    "first_seen_at": now,
                },
            )
            look.counts["found"] += not is_held
            continue
        if document.publication_date != one.publication_date:
            look.problem(
                provider.url,
                f"{one.url} listed as of {one.publication_date}",
                f"{document.publication_date}, as listed before",
                "Correct the publication date if Ofsted has moved it.",
            )
            document.publication_date = one.publication_date
        document.gone_at = None
        document.kind_text = one.kind_text[:200]
        document.save()
    for document in known.values():
        if document.gone_at is None:
            document.gone_at = now
            document.save()
            look.problem(
                provider.url,
                f"{document} ({document.url}) is not listed any more",
                "every document that was listed before",
                "See whether Ofsted has withdrawn or moved it.",
            )


def _wanted(council: Council, today: date) -> list[CollectedDocument]:
    """Documents to ask for: those not read yet, and the newest once more, newest first."""
    newest = today - timedelta(days=LOOKED_AT_AGAIN_DAYS)
    listed = council.collected.filter(gone_at=None).order_by("-publication_date", "pk")
    return [
        document
        for document in listed
        if document.outcome in (Outcome.LISTED, Outcome.FAILED)
        or (document.sha256 and document.publication_date >= newest)
    ]


def _download(look: Look, wanted: Sequence[CollectedDocument], now: datetime) -> None:
    with tempfile.TemporaryDirectory(prefix="collect-") as folder:
        downloaded = []
        for document in wanted:
            if look.is_over:
                look.is_whole = False
                break
            path = _download_one(look, document, Path(folder), now)
            if path:
                downloaded.append((document, path))
        look.problems += file_documents(downloaded, publishes=look.publishes, today=look.today)
        look.counts.update(str(document.outcome) for document, _ in downloaded)


def _download_one(
    look: Look, document: CollectedDocument, folder: Path, now: datetime
) -> Path | None:
    """The document's new file; None where it is the one that was read, or was not given."""
    is_read = document.outcome not in (Outcome.LISTED, Outcome.FAILED)
    stamp = Stamp(document.etag, document.last_modified) if is_read else None
    given = look.given(document.url, most_bytes=DEFAULT_LIMITS.pdf_bytes, stamp=stamp)
    CollectedDocument.objects.filter(pk=document.pk).update(looked_at=now)
    document.looked_at = now
    if given is None:
        if not is_read:
            document.outcome = Outcome.FAILED
            document.save()
        return None
    document.etag, document.last_modified = given.stamp.etag, given.stamp.last_modified
    if given.content is None:
        return None
    if is_read:
        _note_changed(look, document, given.content)
        return None
    path = folder / f"{urlsplit(document.url).path.rpartition('/')[2]}.pdf"
    path.write_bytes(given.content)
    return path


def _note_changed(look: Look, document: CollectedDocument, content: bytes) -> None:
    """A document that was read before and is another now is a person's to compare."""
    digest = sha256(content).hexdigest()
    if digest != document.sha256:
        look.problem(
            document.url,
            f"another file than the one read before ({document})",
            "the same file",
            "Ofsted has replaced it: compare it with the record, and correct what has changed.",
        )
        document.sha256 = digest
    document.save()

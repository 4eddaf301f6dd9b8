# ruff: noqa: N999 - the command is called as its module is: manage.py import
import getpass
import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from inspections.importers.comparing import CHANGED, FILLED, KEPT, NEW
from inspections.importers.lock import ImportLockedError, import_lock
from inspections.importers.pipeline import (
    DocumentResult,
    NothingToReadError,
    counts,
    files_of,
    run_import,
)
from inspections.management.base import RecordCommand
from inspections.management.progress import bar
from inspections.management.record import require_record
from inspections.records import LEFT_OUT, NOTE, REFUSED

_MARKS = {REFUSED: "PROBLEM", LEFT_OUT: "LEFT OUT", NOTE: "note"}
_SIGNS = {NEW: "+", FILLED: "+", CHANGED: "~", KEPT: "!"}


class Command(RecordCommand):
    help = (
        "Reads Ofsted's reports, letters and workbooks and shows what would change. "
        "Writes facts with --save only. Exit status 1: there were problems; 2: it could not run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--save", action="store_true", help="Write what is new and changed.")
        parser.add_argument(
            "--leave-out-rows",
            action="store_true",
            help="Take a workbook's other rows where some cannot be read (else it is refused).",
        )
        parser.add_argument(
            "--published",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="The day of one report on Ofsted's site, which reports since 2018 don't print.",
        )
        parser.add_argument("--json", type=Path, metavar="FILE", help="Write the same as data.")

    def handle(
        self,
        *,
        paths: list[Path],
        save: bool,
        json: Path | None,
        leave_out_rows: bool,
        published: date | None = None,
        **options: Any,
    ) -> None:
        require_record()
        if json and not json.parent.is_dir():
            raise CommandError(
                f"--json: found no folder {json.parent}; nothing was read.", returncode=2
            )
        try:
            files = files_of(paths)
            if published and len(files) != 1:
                raise CommandError(
                    f"--published: found {len(files)} files, expected the one that came out then; "
                    "nothing was read.",
                    returncode=2,
                )
            with import_lock():
                run, results = run_import(
                    files,
                    is_saving=save,
                    leaves_out_rows=leave_out_rows,
                    published=published,
                    started_by=getpass.getuser(),
                    progress=bar(),
                )
        except NothingToReadError as error:
            raise CommandError(str(error), returncode=2) from None
        except ImportLockedError:
            raise CommandError(
                "Another import is running; nothing was read. Wait until it has ended.",
                returncode=2,
            ) from None
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. Documents listed as saved in the run are whole; the others untouched.",
                returncode=130,
            ) from None
        for result in results:
            self.show(result)
        self.sum_up(results, save=save, number=run.pk)
        if json:
            _write_json(json, results, save=save, number=run.pk)
        if any(result.has_problem for result in results):
            raise SystemExit(1)

    def show(self, result: DocumentResult) -> None:
        reading = result.plan.reading
        self.stdout.write(f"{result.outcome:<10} {reading.file}  {reading.layout}")
        for change in result.plan.changes:
            if change.action not in _SIGNS:
                continue
            old = f"{change.old or 'nothing'} → " if change.action != NEW else ""
            kept = "  (kept: the record's source is trusted more)" if change.action == KEPT else ""
            self.stdout.write(
                f"  {_SIGNS[change.action]} {change.event}: {change.fact}: {old}{change.new}{kept}"
            )
        for problem in result.problems:
            mark = _MARKS[problem.severity]
            self.stdout.write(
                f"  {mark} {problem.place}: {problem.fact}: found {problem.found}; "
                f"expected {problem.expected}. {problem.advice}"
            )

    def sum_up(self, results: list[DocumentResult], *, save: bool, number: int) -> None:
        told = counts(results)
        self.stdout.write(
            f"Run {number}: {len(results)} documents: {told['new']} new, "
            f"{told['changed']} changed, "
            f"{told['unchanged']} unchanged, {told['problem']} refused with problems, "
            f"{told['left_out']} rows left out; "
            f"{told['disagreements']} facts on which the record and a document disagree."
        )
        for result in results:
            if result.plan.is_kept_back_by_rows:
                self.stdout.write(
                    f"{result.plan.reading.file} is refused for the rows above alone: "
                    "--leave-out-rows takes the others."
                )
        if not save:
            self.stdout.write("No fact was written. Add --save to write.")


def _write_json(path: Path, results: list[DocumentResult], *, save: bool, number: int) -> None:
    data = {
        "run": number,
        "saved": save,
        "counts": counts(results),
        "documents": [result.to_data() for result in results],
    }
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

"""Judges the rules for themes against points labelled by hand: `python -m tools.themes`.

Prints precision and recall by theme, with the number of points that a person gave the theme
and 95 % intervals: for the set on which words were chosen, and for the set held out, chosen by
chance and labelled without what the words say of it, and the same where a person decides
what the words leave open. Then how many points raise again what the
council's full report before had raised. Writes `measured.csv`, from which the site tells it.
Needs the printed points.
"""

import csv
import hashlib
import io
import sys
from collections.abc import Mapping
from itertools import pairwise

from inspections.rules.recurrence import Repeated, ReportThemes, by_chance, repeated_points, total
from inspections.rules.themes import is_unsure, propose
from inspections.rules.themes.measured import (
    FILE,
    HEADER,
    LabelledSet,
    ThemeTally,
    interval,
)
from tools.points import PRINTED, RECORD, Key, labels, printed_points, rows_of, theme_codes

SETS = {"chosen": "Set on which words were chosen", "held": "Set held out"}
# The held set again: where a proposal that is left to a person counts as none, and where a
# person decides what the words leave open, as happens with every point that comes in.
SURE, DECIDED = "held_sure", "held_decided"

Themes = Mapping[Key, frozenset[str]]


def place_by_chance(key: Key, seed: str) -> str:
    """Orders the points at random, always the same way: nobody chose which are labelled.

    By `findings-1`, `-2` and `-3` sets were drawn that words have been chosen on since. Held out
    are all 1,338 that nobody had labelled then, and by `findings-4` the first 105 of the 251 that
    the words had left to a person, as many as are in all points.
    """
    return hashlib.sha256(f"{seed}:{' '.join(map(str, key))}".encode()).hexdigest()


def tally(theme: str, proposed: Themes, labelled: Themes) -> ThemeTally:
    """The tally of one theme over the points of `labelled`."""
    said = {key for key in labelled if theme in proposed[key]}
    meant = {key for key, themes in labelled.items() if theme in themes}
    return ThemeTally(len(said & meant), len(said), len(meant))


def mean(shares: list[float | None]) -> float:
    """The mean of the shares that are known."""
    known = [share for share in shares if share is not None]
    return sum(known) / len(known)


def percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def judge(
    name: str,
    texts: Mapping[Key, str],
    *,
    with_person: bool = False,
    sure_alone: bool = False,
) -> dict[str, ThemeTally]:
    """Tallies of one set by theme. Raises KeyError for a label of a point not printed.

    `with_person`: where the rules are unsure, the person's themes stand in for theirs, as they
    do in the record. `sure_alone`: proposals left to a person are not counted, right or wrong.
    """
    labelled = labels(name)
    proposed = {}
    for key, themes in labelled.items():
        proposals = propose(texts[key])
        proposed[key] = (
            themes
            if with_person and is_unsure(proposals)
            else frozenset(one.theme for one in proposals if one.is_sure or not sure_alone)
        )
    return {theme: tally(theme, proposed, labelled) for theme in theme_codes()}


def line(name: str, one: ThemeTally) -> str:
    """A row of the printed table."""
    return (
        f"{name:24}{one.labelled:5}{one.proposed:10}"
        f"{percent(one.precision):>13}{between(one.right, one.proposed):>8}"
        f"{percent(one.recall):>10}{between(one.right, one.labelled):>8}"
    )


def with_a_person(one: ThemeTally) -> str:
    """The end of a row: precision and recall where a person decides what the words leave open."""
    return f"{percent(one.precision):>11}{percent(one.recall):>6}"


def between(part: int, whole: int) -> str:
    """The bounds of the share in whole percent, as `88-96`."""
    bounds = interval(part, whole)
    return "-".join(f"{100 * bound:.0f}" for bound in bounds) if bounds else "-"


def report(title: str, found: LabelledSet, decided: LabelledSet) -> list[str]:
    """The lines to print for one set. `decided`: where a person decides what words leave open."""
    precision = mean([one.precision for one in found.themes.values()])
    recall = mean([one.recall for one in found.themes.values()])
    return [
        f"{title}: {found.points} points, goal reached by {found.reached} themes"
        f" ({decided.reached} with a person)",
        f"{'theme':24}{'n':>5}{'proposed':>10}"
        f"{'precision %':>13}{'95 %':>8}{'recall %':>10}{'95 %':>8}{'with a person %':>17}",
        *(
            line(theme, one)
            + with_a_person(decided.themes[theme])
            + ("  below the goal" if one.misses_goal else "")
            for theme, one in found.themes.items()
        ),
        line("all, each once (micro)", found.every),
        f"{'mean of themes (macro)':24}{'':15}{percent(precision):>13}{'':8}{percent(recall):>10}",
    ]


def left_open(name: str, texts: Mapping[Key, str], decided: LabelledSet) -> str:
    """How many points of a set are for a person, and how all do with the person's word."""
    unsure = sum(is_unsure(propose(texts[key])) for key in labels(name))
    return f"{line('with a person', decided.every)}  {unsure} points for a person to decide"


def table(found: Mapping[str, LabelledSet]) -> str:
    """The text of `measured.csv`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for name, one in found.items():
        for theme, kept in one.themes.items():
            writer.writerow([name, one.points, theme, kept.labelled, kept.proposed, kept.right])
    return text.getvalue()


def full_reports() -> list[list[ReportThemes[str]]]:
    """The reports of each council's full inspections whose points the record has, oldest first."""
    whole = {
        row["code"]
        for row in rows_of(RECORD / "frameworks.csv")
        if row["is_whole_service"] == "true"
    }
    points: dict[tuple[str, str], list[frozenset[str]]] = {}
    for row in rows_of(RECORD / "improvement_points.csv"):
        if row["inspection"]:
            themes = frozenset(row["themes"].split("|")) - {""}
            points.setdefault((row["council"], row["inspection"]), []).append(themes)
    councils: dict[str, list[ReportThemes[str]]] = {}
    inspections = rows_of(RECORD / "inspections.csv")
    for row in sorted(inspections, key=lambda one: one["publication_date"]):
        key = row["council"], row["reference"]
        if row["framework"] in whole and key in points:
            one = ReportThemes(row["reference"], tuple(points[key]))
            councils.setdefault(row["council"], []).append(one)
    return list(councils.values())


def repeated_of(councils: list[list[ReportThemes[str]]]) -> tuple[Repeated, Repeated, int]:
    """Points that repeat the council's own report before; the same by chance; reports.

    By chance: each report beside every report before of other councils instead of its own.
    """
    pairs = [
        (place, after, before)
        for place, reports in enumerate(councils)
        for before, after in pairwise(reports)
    ]
    own = total(repeated_points(after, before) for _, after, before in pairs)
    others = by_chance(pairs)
    return own, others, len(pairs)


def measure(texts: Mapping[Key, str]) -> dict[str, LabelledSet]:
    """What `measured.csv` holds: each set, and the held one in two more ways."""
    found = {name: LabelledSet(len(labels(name)), judge(name, texts)) for name in SETS}
    points = found["held"].points
    return found | {
        SURE: LabelledSet(points, judge("held", texts, sure_alone=True)),
        DECIDED: LabelledSet(points, judge("held", texts, with_person=True)),
    }


def main() -> None:
    if not PRINTED.is_file():
        sys.exit(f"{PRINTED}: found no file, expected the points as printed")
    texts = {point.key: point.text for point in printed_points()}
    found = measure(texts)
    for name, title in SETS.items():
        decided = LabelledSet(found[name].points, judge(name, texts, with_person=True))
        lines = [*report(title, found[name], decided), left_open(name, texts, decided)]
        print("\n".join(lines), end="\n\n")
    decided = found[DECIDED]
    title = "Set held out, proposals left to a person not counted"
    print("\n".join(report(title, found[SURE], decided)), end="\n\n")
    FILE.write_text(table(found), encoding="utf-8")
    own, others, reports = repeated_of(full_reports())
    print(
        f"Raised again: {percent(own.share)} % of the {own.points} points of {reports} full reports"
        f" belong to a theme that the council's full report before had raised;"
        f" beside the reports before of other councils {percent(others.share)} %."
    )


if __name__ == "__main__":
    main()

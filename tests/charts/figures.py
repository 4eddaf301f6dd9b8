"""Every figure the charts' own tests draw, by name."""

from typing import Final

import plotly.graph_objects as go

from dashboard.charts import (
    by_area,
    card,
    compare,
    grade_moves,
    grades_by_inspection,
    grades_held,
    grades_over_time,
    multiples,
    survival,
    theme_grid,
    tracks,
    visits_by_quarter,
    windows,
)
from inspections.figure_rows import SurvivalOverlay
from tests.charts import more_samples as more
from tests.charts import samples

LAID_OVER = SurvivalOverlay("Exampleshire", 30, is_event=True)
WAITING = SurvivalOverlay("Northbridge", 47.5, is_event=False)

FIGURES: Final[dict[str, go.Figure]] = {
    "exampleshire": grades_over_time.figure(samples.exampleshire()),
    "exampleshire-phone": grades_by_inspection.figure(samples.exampleshire()),
    "exampleshire-slide": grades_over_time.slide(samples.exampleshire()),
    "northbridge": grades_over_time.figure(samples.northbridge()),
    "northbridge-phone": grades_by_inspection.figure(samples.northbridge()),
    "newtown": grades_over_time.figure(samples.newtown()),
    "newtown-phone": grades_by_inspection.figure(samples.newtown()),
    "held": grades_held.figure(samples.grades_held(ends=False)),
    "held-ended": grades_held.figure(samples.grades_held()),
    "held-phone": grades_held.figure(samples.grades_held(), narrow=True),
    "moves": grade_moves.figure(more.moves()),
    "moves-phone": grade_moves.figure(more.moves(), narrow=True),
    "moves-five": grade_moves.figure(more.moves_of_five()),
    "survival": survival.figure(more.survival(overlay=LAID_OVER)),
    "survival-two": survival.figure(more.survival(overlay=WAITING, two=True)),
    "survival-phone": survival.figure(more.survival(overlay=WAITING, two=True), narrow=True),
    "windows": windows.figure(more.windows()),
    "windows-by-region": windows.figure(more.windows(24, is_by_region=True)),
    "windows-phone": windows.figure(more.windows(24, is_by_region=True), narrow=True),
    "compare": compare.figure(more.compare()),
    "compare-ten": compare.figure(more.compare(10)),
    "asked-for": theme_grid.figure(more.asked_for()),
    "asked-for-nine": theme_grid.figure(more.asked_for(9)),
    "asked-for-phone": theme_grid.figure(more.asked_for(9), narrow=True),
    "asked-for-slide": theme_grid.slide(theme_grid.sheets(more.asked_for())[0]),
    "theme-shares": theme_grid.figure(more.theme_shares()),
    "theme-shares-phone": theme_grid.figure(more.theme_shares(6), narrow=True),
    "held-slide": grades_held.slide(samples.grades_held()),
    "moves-slide": grade_moves.slide(more.moves_of_five()),
    "survival-slide": survival.slide(more.survival(overlay=WAITING, two=True)),
    "windows-slide": windows.slide(windows.first_lines(more.windows(24, is_by_region=True))),
    "compare-slide": compare.slide(compare.sheets(more.compare())[0]),
    "multiples": multiples.figure(more.multiples()),
    "multiples-phone": multiples.figure(more.multiples(), narrow=True),
    "multiples-one": multiples.figure(more.multiples(1)),
    "multiples-slide": multiples.slide(more.multiples()),
    "areas": by_area.figure(more.areas(marked=True)),
    "areas-phone": by_area.figure(more.areas(marked=True), narrow=True),
    "areas-slide": by_area.slide(more.areas()),
    "visits": visits_by_quarter.figure(more.visits_by_quarter()),
    "visits-phone": visits_by_quarter.figure(more.visits_by_quarter(), narrow=True),
    "tracks": tracks.figure(more.tracks()),
    "tracks-phone": tracks.figure(more.tracks(), narrow=True),
    "tracks-slide": tracks.slide(tracks.first_tracks(more.tracks(30))),
    "card-few": card.lines(samples.card_lines(3)),
    "card-many": card.lines(samples.card_lines(40)),
    "card-bars": card.bars(samples.card_bars(), samples.FOUR),
    "compare-phone": compare.figure(more.compare(), narrow=True),
}

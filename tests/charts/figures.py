"""Every figure the charts' own tests draw, by name."""

from typing import Final

import plotly.graph_objects as go

from dashboard.charts import grades_by_inspection, grades_held, grades_over_time
from tests.charts import samples

FIGURES: Final[dict[str, go.Figure]] = {
    "exampleshire": grades_over_time.figure(samples.exampleshire()),
    "exampleshire-phone": grades_by_inspection.figure(samples.exampleshire()),
    "northbridge": grades_over_time.figure(samples.northbridge()),
    "northbridge-phone": grades_by_inspection.figure(samples.northbridge()),
    "newtown": grades_over_time.figure(samples.newtown()),
    "newtown-phone": grades_by_inspection.figure(samples.newtown()),
    "held": grades_held.figure(samples.grades_held(ends=False)),
    "held-ended": grades_held.figure(samples.grades_held()),
    "held-phone": grades_held.figure(samples.grades_held(), narrow=True),
}

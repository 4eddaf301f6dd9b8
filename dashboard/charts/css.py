"""The charts' part of static/css/site.css, made from the palette so that the two cannot part.

It is the end of that file, from `BEGINS` on: one style sheet is one wait less before a page shows
itself. Write it anew after changing the palette: ``python -m dashboard.charts.css``.
"""

from pathlib import Path

from dashboard.charts.theme import FONT_FAMILY, ROLES

BEGINS = "/* Made from dashboard/charts/theme.py by python -m dashboard.charts.css."
HEAD = f"""{BEGINS} Change it there.
   Colours of every picture and grade, for light, dark and paper. The site's own choice of
   scheme is data-theme="light|dark" on the root element; without it the reader's system
   decides. Letters stand in the marks, so black-and-white paper keeps the grades apart. */
"""
RULES = f"""
.chart {{ display: block; max-inline-size: 100%; block-size: auto; font-family: {FONT_FAMILY}; \
fill: var(--chart-ink); }}
.chart text {{ stroke: none; }}
figure[data-chart] {{ margin: 0; }}
.chart-narrow {{ display: none; }}
@media (max-width: 40em) {{
  .chart-wide {{ display: none; }}
  .chart-narrow {{ display: block; inline-size: 100%; }}
}}
@media print {{
  .chart-wide:not(.chart-long) {{ display: block; }}
  .chart-long {{ display: none; }}
  .chart-narrow {{ display: none; }}
  .chart {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; break-inside: avoid; }}
  [data-explore], .chart-explored {{ display: none; }}
  figure[data-chart] [data-picture][hidden] {{ display: block; }}
}}
"""


def _properties(scheme: str, indent: str) -> str:
    values = {"light": "light", "dark": "dark", "print": "printed"}
    return "\n".join(
        f"{indent}--chart-{role.name}: {getattr(role, values[scheme])};" for role in ROLES
    )


def charts_css() -> str:
    """Custom properties for each scheme and the two classes of each role."""
    parts = [
        HEAD,
        f":root {{\n{_properties('light', '  ')}\n}}",
        "@media (prefers-color-scheme: dark) {\n"
        f'  :root:not([data-theme="light"]) {{\n{_properties("dark", "    ")}\n  }}\n}}',
        f':root[data-theme="dark"] {{\n{_properties("dark", "  ")}\n}}',
        "@media print {\n"
        f"  :root, :root:not([data-theme]), :root[data-theme] {{\n{_properties('print', '    ')}\n"
        "  }\n}",
        *(
            f".f-{role.name} {{ fill: var(--chart-{role.name}); }}\n"
            f".s-{role.name} {{ stroke: var(--chart-{role.name}); }}"
            for role in ROLES
        ),
    ]
    return "\n".join(parts) + RULES


if __name__ == "__main__":
    sheet = Path(__file__).resolve().parents[2] / "static" / "css" / "site.css"
    sheet.write_text(sheet.read_text().partition(BEGINS)[0] + charts_css())

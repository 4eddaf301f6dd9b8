"""Every chart with an address of its own, those of a council and those about all of them."""

from dashboard import chart_kinds_england, chart_pages, compare_page

KINDS = (
    chart_pages.OF_A_COUNCIL,
    chart_pages.OF_ENGLAND,
    *chart_kinds_england.KINDS,
    compare_page.SIDE_BY_SIDE,
)
BY_SLUG = {kind.slug: kind for kind in KINDS}

"""The API's own page: its endpoints from its own OpenAPI document, nothing from elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.api.record import api
from dashboard.http.answers import asks
from dashboard.state.address import PlainState
from dashboard.state.opening import opening

EXAMPLES = {
    "/api/v1/councils": "?region=east_of_england",
    "/api/v1/inspections": "?published_from=2026-01-01&page_size=5",
    "/api/v1/judgements": "?lane=care_leavers&grade=outstanding&page_size=5",
    "/api/v1/statistics": "?by=region&lane=help_and_protection&as_at=2025-03-31",
    "/api/v1/changes": "?since=2025-03-31&direction=up&page_size=5",
    "/api/v1/windows": "?region=london&status=estimated&page_size=5",
    "/api/v1/corrections": "?page_size=5",
    "/api/v1/judgement-areas": "?page_size=5",
    "/api/v1/figures": "?measure=agency_rate&council=luton",
    "/api/v1/measures": "?page_size=5",
    "/api/v1/spreads": "?measure=agency_rate&year=2025",
    "/api/v1/findings": "?theme=caseloads&region=london&page_size=5",
    "/api/v1/visits": "?kind=monitoring_visit&page_size=5",
}


@asks(PlainState)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    endpoints = [
        {
            "path": path,
            "summary": methods["get"].get("description", "").replace("`", ""),
            "parameters": [
                {
                    "name": row["name"],
                    "where": row["in"],
                    "meaning": row["schema"].get("description", row.get("description", "")),
                }
                for row in methods["get"].get("parameters", [])
            ],
            "example": f"{path}{EXAMPLES[path]}" if path in EXAMPLES else "",
        }
        for path, methods in schema["paths"].items()
    ]
    context = opening(request).context("API", endpoints=endpoints)
    return render(request, "dashboard/api.html", context)

"""What an asked-for action is called in the audit."""

from django.http import HttpRequest, HttpResponse

BUTTONS = {
    "publish": "Published a draft",
    "schedule": "Scheduled a draft",
    "review": "Sent a draft to review",
    "discard": "Discarded a draft",
}
WORDS = {
    "entry:home": "Began a draft",
    "entry:draft": "Changed a draft",
    "entry:check": "Gave reasons",
    "entry:done": "Withdrew or published again",
    "entry:undo": "Took back what was published",
    "entry:comment": "Changed what a council says",
    "entry:report": "Opened a report of an error",
    "otp_webauthn:credential-registration-begin": "",
    "otp_webauthn:credential-registration-complete": "Added a passkey",
    "otp_webauthn:credential-authentication-begin": "",
    "otp_webauthn:credential-authentication-complete": "Used a passkey",
    "entry:correct": "Corrected what is published",
    "entry:correct-fact": "Corrected what is published",
    "entry:settle": "Settled a difference",
    "entry:many": "Brought many documents",
    "entry:batch": "Saved many documents",
    "entry:framework": "Entered a framework",
    "entry:reorganise": "Entered a reorganisation",
    "entry:unreorganise": "Took back a reorganisation",
    "entry:plan": "Changed an action plan",
    "entry:plan-action": "Changed an action plan",
    "entry:plan-public": "Made an action plan public, or not",
    "entry:look": "Asked for a look at Ofsted's site",
}
ADMIN = {
    "add": "Recorded",
    "change": "Corrected",
    "changelist": "Changed several",
    "withdraw": "Withdrew or published again",
    "autocomplete": "",
}
UNTOLD = {"admin:login", "admin:logout", "admin:jsi18n", "admin:autocomplete"}
"""Told of by signing in and out themselves, or changing nothing."""


def told(request: HttpRequest, response: HttpResponse) -> str:
    """One line on what was done; empty where nothing was, or where the view keeps its own line.

    A form that is shown again was not taken: only what leads on counts, but for typing.
    """
    found = request.resolver_match
    if found is None or getattr(request, "is_told", False) or found.view_name in UNTOLD:
        return ""
    if request.POST.keys() & {"keep", "anew"} or (
        response.status_code == 200 and found.view_name.startswith("admin")
    ):
        return ""
    if found.view_name == "entry:check":
        pressed = next((words for name, words in BUTTONS.items() if name in request.POST), "")
        if pressed and response.status_code == 302:
            return pressed
    if found.namespace == "admin" and found.url_name:
        kind, _, verb = found.url_name.removeprefix("inspections_").rpartition("_")
        return f"{ADMIN.get(verb, verb.capitalize())}: {kind or 'maintenance'}"
    return WORDS.get(
        found.view_name, found.view_name.partition(":")[2].replace("_", " ").capitalize()
    )

"""Forms as a browser without JavaScript fills them in and sends them."""

from html.parser import HTMLParser

from django.test import Client

from inspections import actions
from inspections.models import Council, Framework, Inspection


class Form(HTMLParser):
    """The fields of a page's form as a browser without JavaScript would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.options: dict[str, list[str]] = {}
        self.labels: list[str] = []
        self._select: str | None = None
        self._option: list[str] | None = None
        self._textarea: str | None = None
        self._label: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "input" and name and found.get("type") not in {"submit", "file"}:
            if found.get("type") in {"checkbox", "radio"} and "checked" not in found:
                return
            empty = "on" if found.get("type") == "checkbox" else ""
            self.values.setdefault(name, []).append(found.get("value", empty))
        elif tag == "select":
            self._select = name
            self.options[name] = []
        elif tag == "option" and self._select is not None:
            if "selected" in found:
                self.values.setdefault(self._select, []).append(found.get("value", ""))
            self._option = []
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]
        elif tag == "label":
            self._label = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None
        elif tag == "option" and self._select is not None and self._option is not None:
            self.options[self._select].append("".join(self._option).strip())
            self._option = None
        elif tag == "label" and self._label is not None:
            self.labels.append("".join(self._label).strip().rstrip(":"))
            self._label = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self.values[self._textarea][0] += data.removeprefix("\n")
        for held in (self._option, self._label):
            if held is not None:
                held.append(data)


def opened(client: Client, address: str) -> Form:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return Form(answer.content.decode())


def save(
    client: Client, address: str, *, form: Form | None = None, **changes: object
) -> tuple[int, str]:
    """Fills the page's form in and sends it; status and page (empty after a redirect)."""
    sent = {**(form or opened(client, address)).values, **changes}
    answer = client.post(address, sent)
    return answer.status_code, answer.content.decode()


def errors(page: str, field: str) -> str:
    """The complaints that stand with one field."""
    row = page.split(f"field-{field}", 1)
    assert len(row) == 2, f"no field {field} on the page"
    before = row[0].rsplit("<div", 1)[0]
    inside = row[1].split("form-row", 1)[0]
    assert "errorlist" in inside, before[-300:] + inside[:2000]
    return inside.split('class="errorlist', 1)[1].split("</ul>", 1)[0]


def change(fact: object) -> str:
    return f"/admin/inspections/{fact._meta.model_name}/{fact.pk}/change/"


def grade_of(area: str, framework: Framework) -> str:
    return f"grade_{framework.areas.get(code=area).pk}"


def grade(code: str) -> int:
    return Framework.objects.first().scale.grades.get(code=code).pk


ADD = "/admin/inspections/inspection/add/"


def begin(council: Council, day: str, kind: str = "standard") -> str:
    return f"{ADD}?council={council.pk}&kind={kind}&start_date={day}"


def judgement_of_another(inspection: Inspection) -> None:
    judgement = inspection.judgements.get(area__code="leaders")
    worse = judgement.grade.scale.grades.get(code="inadequate")
    actions.correct(judgement, changes={"grade": worse}, reason="x", by=None)

"""Notes what goes wrong in a page while a test uses it."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

OWN_SCHEMES = {"data", "blob", "about"}


class Watcher:
    """Collects complaints of a page, each one sentence; a test that ends with one has failed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._complain("script", str(error)))
        page.on("request", self._request)
        page.on("response", self._response)

    def _complain(self, kind: str, text: str) -> None:
        self.complaints.append(f"{self.page.url}: {kind}: {text}")

    def _console(self, message: ConsoleMessage) -> None:
        # That a document is a 404 is for the test to judge; parts are judged in _response.
        if message.text.startswith("Failed to load resource"):
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            self._complain("console", message.text)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        # Every server of ours is on this machine, whatever its port.
        if parts.scheme not in OWN_SCHEMES and parts.hostname not in {"127.0.0.1", "localhost"}:
            self._complain("request to another host", request.url)

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self._complain("answer", f"{response.status} for {response.url}")

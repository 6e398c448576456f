"""A small server that answers as Weblate's documented REST API says, and refuses all else."""

import email
import email.policy
import json
import re
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

TOKEN = "a-secret-token"
NEW_FIELDS = {"name", "slug", "vcs", "repo", "file_format", "filemask", "new_base"}
"""What a new component needs here; other documented settings may come too."""
SETTINGS = NEW_FIELDS | {"language_code_style", "license", "branch", "check_flags", "push"}
SCREENSHOT = {"name", "project_slug", "component_slug", "language_code"}
PAGE = 2
"""Results a page, so that a client must turn it."""


class StandIn(HTTPServer):
    """One project with one component, or none yet, and what it was told."""

    def __init__(self, *, component: bool, messages: list[tuple[str, str]]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.component: dict[str, Any] | None = {"slug": "sheets", "filemask": "locale/*.po"}
        if not component:
            self.component = None
        self.messages = messages
        self.screenshots: list[dict[str, Any]] = []
        self.pictures: dict[int, bytes] = {}
        self.requests: list[str] = []
        self.elsewhere = ""
        """An address of another server, to be named as the next page."""

    @contextmanager
    def running(self) -> Iterator["StandIn"]:
        """Serve in a thread, and stop at the end."""
        thread = threading.Thread(target=self.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()
            thread.join()


class Answer(BaseHTTPRequestHandler):
    """One request, held to what is documented."""

    server: StandIn

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PATCH(self) -> None:
        self._answer("PATCH")

    def _answer(self, method: str) -> None:
        path, _, query = self.path.partition("?")
        self.server.requests.append(f"{method} {path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") != f"Token {TOKEN}":
            return self._say(401, {"detail": "Invalid token."})
        if not path.startswith("/api/") or not path.endswith("/"):
            return self._say(404, {"detail": "Not found."})
        for pattern, function in ROUTES.get(method, {}).items():
            found = re.fullmatch(pattern, path)
            if found is not None:
                return self._say(*function(self, body, query, *found.groups()))
        return self._say(404, {"detail": "Not found."})

    def _say(self, status: int, value: Any) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def json_of(self, body: bytes) -> dict[str, Any]:
        assert self.headers["Content-Type"] == "application/json"
        value = json.loads(body)
        assert isinstance(value, dict)
        return value

    def form_of(self, body: bytes) -> tuple[dict[str, str], bytes | None]:
        kind = self.headers["Content-Type"]
        if kind == "application/x-www-form-urlencoded":
            return dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True)), None
        assert kind.startswith("multipart/form-data; boundary=")
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
        fields: dict[str, str] = {}
        picture = None
        for part in message.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            if part.get_filename():
                assert name == "image" and part.get_content_type() == "image/png"
                picture = payload
            else:
                fields[name] = payload.decode()
        return fields, picture


Said = tuple[int, Any]


def component(answer: Answer, body: bytes, query: str) -> Said:
    known = answer.server.component
    return (404, {"detail": "Not found."}) if known is None else (200, known)


def new_component(answer: Answer, body: bytes, query: str) -> Said:
    fields = answer.json_of(body)
    missing = sorted(NEW_FIELDS - set(fields))
    if missing or set(fields) - SETTINGS or answer.server.component is not None:
        return 400, {name: ["This field is required."] for name in missing}
    answer.server.component = fields
    return 201, fields


def changed_component(answer: Answer, body: bytes, query: str) -> Said:
    fields = answer.json_of(body)
    if answer.server.component is None or set(fields) - SETTINGS:
        return 400, {"detail": "Unknown field."}
    answer.server.component |= fields
    return 200, answer.server.component


def units(answer: Answer, body: bytes, query: str) -> Said:
    if answer.server.component is None:
        return 404, {"detail": "Not found."}
    found = [
        {"id": 100 + number, "context": context, "source": [msgid]}
        for number, (context, msgid) in enumerate(answer.server.messages)
    ]
    return paged(answer, found, "translations/campaign/sheets/en/units/", query)


def screenshots(answer: Answer, body: bytes, query: str) -> Said:
    place = "components/campaign/sheets/screenshots/"
    return paged(answer, answer.server.screenshots, place, query)


def paged(answer: Answer, found: list[Any], place: str, query: str) -> Said:
    number = int(dict(urllib.parse.parse_qsl(query)).get("page", "1"))
    after = f"{answer.server.elsewhere or answer.server.address}/api/{place}?page={number + 1}"
    more = number * PAGE < len(found)
    results = found[(number - 1) * PAGE : number * PAGE]
    return 200, {"count": len(found), "next": after if more else None, "results": results}


def new_screenshot(answer: Answer, body: bytes, query: str) -> Said:
    fields, picture = answer.form_of(body)
    if set(fields) != SCREENSHOT or picture is None or not picture.startswith(b"\x89PNG"):
        return 400, {"detail": "Missing or unknown field."}
    number = len(answer.server.screenshots) + 1
    url = f"{answer.server.address}/api/screenshots/{number}/"
    made = {"name": fields["name"], "url": url, "file_url": f"{url}file/", "units": []}
    answer.server.screenshots.append(made)
    answer.server.pictures[number] = picture
    return 201, made


def replaced(answer: Answer, body: bytes, query: str, number: str) -> Said:
    fields, picture = answer.form_of(body)
    if fields or picture is None:
        return 400, {"image": ["This field is required."]}
    answer.server.pictures[int(number)] = picture
    return 200, {"result": True}


def linked(answer: Answer, body: bytes, query: str, number: str) -> Said:
    fields, _ = answer.form_of(body)
    known = [str(100 + place) for place in range(len(answer.server.messages))]
    if set(fields) != {"unit_id"} or fields["unit_id"] not in known:
        return 400, {"unit_id": ["Unknown unit."]}
    one = answer.server.screenshots[int(number) - 1]
    one["units"].append(f"{answer.server.address}/api/units/{fields['unit_id']}/")
    return 200, one


ROUTES: dict[str, dict[str, Any]] = {
    "GET": {
        "/api/components/campaign/sheets/": component,
        "/api/translations/campaign/sheets/en/units/": units,
        "/api/components/campaign/sheets/screenshots/": screenshots,
    },
    "POST": {
        "/api/projects/campaign/components/": new_component,
        "/api/screenshots/": new_screenshot,
        r"/api/screenshots/(\d+)/file/": replaced,
        r"/api/screenshots/(\d+)/units/": linked,
    },
    "PATCH": {"/api/components/campaign/sheets/": changed_component},
}

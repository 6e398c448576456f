"""Send a Weblate server this project's component settings, and a picture of each text's place.

    WEBLATE_TOKEN=… .venv/bin/python scripts/weblate.py --server https://weblate.example.org \\
        --project campaign --component sheets --index build/proofs/es/index.json --dry-run

The token comes from the environment only. --dry-run asks the server what is there, and prints what
would be sent. The pictures, and the index beside them, are made by `printkit proof --language es`.
All of it goes by Weblate's documented REST API: components, units and screenshots.
"""

import argparse
import json
import os
import secrets
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOKEN = "WEBLATE_TOKEN"
SETTINGS = {
    "file_format": "po",
    "filemask": "po/*.po",
    "new_base": "po/campaign.pot",
    "language_code_style": "bcp",
    "license": "CC-BY-4.0",
}
"""Of the component: where catalogs are, and that their names are BCP 47, such as zh-Hant."""
SOURCE = "en"
TIMEOUT_S = 60
LARGEST_PICTURE = 10_000_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"

Key = tuple[str, str]
"""A message's context, or nothing, and its msgid."""


class Refused(Exception):
    """What went wrong, in words."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirection would carry the token to wherever it leads."""

    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A Weblate server, and one component of it."""

    address: str
    """Without /api/ and without a slash at the end."""
    token: str
    project: str
    component: str
    dry: bool
    """Whether to print what would be sent instead of sending it."""

    def url(self, *parts: str) -> str:
        """Return an address of the API."""
        return "/".join(
            (self.address, "api", *(urllib.parse.quote(part, "") for part in parts), "")
        )

    def read(self, url: str) -> Any:
        """Return what is at an address, or None where there is nothing."""
        try:
            return self._send("GET", url, None, {})
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def pages(self, url: str) -> Iterator[Any]:
        """Yield the results of a list, page after page."""
        following: str | None = url
        while following:
            page = self.read(following)
            if page is None:
                raise Refused(f"There is no {following}.")
            yield from page["results"]
            following = page.get("next")

    def send_json(self, method: str, url: str, fields: Mapping[str, Any]) -> Any:
        """Send fields as JSON."""
        self._tell(method, url, json.dumps(fields, ensure_ascii=False, sort_keys=True))
        body = json.dumps(fields).encode()
        return self._unless_dry(method, url, body, "application/json")

    def send_form(self, url: str, fields: Mapping[str, str], picture: Path | None = None) -> Any:
        """Send fields as a form, and a picture with them."""
        told = " ".join(f"{name}={value}" for name, value in fields.items())
        self._tell("POST", url, f"{told} image={picture.name}".strip() if picture else told)
        if picture is None:
            body = urllib.parse.urlencode(fields).encode()
            return self._unless_dry("POST", url, body, "application/x-www-form-urlencoded")
        body, kind = multipart(fields, picture)
        return self._unless_dry("POST", url, body, kind)

    def _tell(self, method: str, url: str, words: str) -> None:
        print(f"{'would send' if self.dry else 'sending'}: {method} {url} {words}".rstrip())

    def _unless_dry(self, method: str, url: str, body: bytes, kind: str) -> Any:
        return None if self.dry else self._send(method, url, body, {"Content-Type": kind})

    def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Any:
        if not url.startswith(f"{self.address}/api/"):
            # The token goes to the server that was named, and to no other.
            raise Refused(f"The server names {url}, which is not its own.")
        headers |= {"Authorization": f"Token {self.token}", "Accept": "application/json"}
        request = urllib.request.Request(url, data=body, headers=headers, method=method)
        opener = urllib.request.build_opener(_NoRedirect)
        with opener.open(request, timeout=TIMEOUT_S) as answer:
            return json.loads(answer.read() or b"null")


def multipart(fields: Mapping[str, str], picture: Path) -> tuple[bytes, str]:
    """Return a form's body with a picture in it, and its content type."""
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'form-data; name="image"; filename="{picture.name}"'
    parts.append(
        f"--{boundary}\r\nContent-Disposition: {head}\r\nContent-Type: image/png\r\n\r\n".encode()
    )
    parts += [picture.read_bytes(), f"\r\n--{boundary}--\r\n".encode()]
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def send_settings(server: Server, *, name: str, repo: str | None) -> bool:
    """Bring the component's settings up to this project's, or make it; return if it was there."""
    place = server.url("components", server.project, server.component)
    known = server.read(place)
    if known is None:
        if repo is None:
            raise Refused("There is no such component yet: add --repo with the git address.")
        new = {"name": name, "slug": server.component, "vcs": "git", "repo": repo, **SETTINGS}
        server.send_json("POST", server.url("projects", server.project, "components"), new)
        return False
    changed = {key: value for key, value in SETTINGS.items() if known.get(key) != value}
    if changed:
        server.send_json("PATCH", place, changed)
    return True


def send_pictures(
    server: Server, pictures: Mapping[Path, list[Key]], *, is_there: bool
) -> list[Key]:
    """Send each picture with the messages on it; return the messages that the server lacks."""
    # A component that was only said to be made has nothing to ask about.
    ask = is_there or not server.dry
    units = source_units(server) if ask else {}
    there = screenshots(server) if ask else {}
    unknown = []
    for picture, keys in pictures.items():
        known = there.get(picture.name)
        if known is None:
            fields = {
                "name": picture.name,
                "project_slug": server.project,
                "component_slug": server.component,
                "language_code": SOURCE,
            }
            known = server.send_form(server.url("screenshots"), fields, picture)
        else:
            server.send_form(f"{known['url']}file/", {}, picture)
        linked = {str(url).rstrip("/").split("/")[-1] for url in (known or {}).get("units", ())}
        place = (known or {}).get("url") or server.url("screenshots", "NEW")
        for key in keys:
            unit = units.get(key)
            if unit is None:
                unknown += [key] if ask else []
            elif str(unit) not in linked:
                server.send_form(f"{place}units/", {"unit_id": str(unit)})
    return unknown


def source_units(server: Server) -> dict[Key, int]:
    """Return the number of each message's unit in the source language."""
    place = server.url("translations", server.project, server.component, SOURCE, "units")
    return {(unit["context"], unit["source"][0]): unit["id"] for unit in server.pages(place)}


def screenshots(server: Server) -> dict[str, Any]:
    """Return the component's screenshots by name."""
    place = server.url("components", server.project, server.component, "screenshots")
    return {one["name"]: one for one in server.pages(place)}


def read_index(path: Path) -> dict[Path, list[Key]]:
    """Return the pictures of a proof's index, each with the messages that it shows."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path} can't be read: {error}. Draw the proof again.") from None
    pictures: dict[Path, list[Key]] = {}
    for row in rows:
        if not row["msgid"]:
            continue
        picture = path.parent / row["picture"]
        if not picture.resolve().is_relative_to(path.parent.resolve()) or '"' in picture.name:
            raise Refused(f"{path} names {row['picture']}, which does not lie beside it.")
        keys = pictures.setdefault(picture, [])
        key = (row.get("msgctxt") or "", row["msgid"])
        if key not in keys:
            keys.append(key)
    for picture in pictures:
        _refuse_no_picture(picture)
    return pictures


def _refuse_no_picture(picture: Path) -> None:
    if not picture.is_file():
        raise Refused(f"{picture} is missing. Draw the proof again.")
    with picture.open("rb") as file:
        is_png = file.read(len(SIGNATURE)) == SIGNATURE
    if not is_png or picture.stat().st_size > LARGEST_PICTURE:
        raise Refused(f"{picture} is no PNG of at most {LARGEST_PICTURE:,} bytes.")


def server_named(options: argparse.Namespace) -> Server:
    """Return the server that the options and the environment name."""
    token = os.environ.get(TOKEN, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise Refused(f"Put your token into the environment, as {TOKEN}.")
    parts = urllib.parse.urlsplit(options.server)
    near = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or (parts.scheme != "https" and not (near and parts.scheme == "http")):
        raise Refused("--server: the token goes over https only; write https://….")
    if parts.username or parts.password:
        raise Refused("--server: leave names and passwords out of the address.")
    return Server(
        address=options.server.rstrip("/").removesuffix("/api"),
        token=token,
        project=options.project,
        component=options.component,
        dry=options.dry_run,
    )


def _told(error: urllib.error.HTTPError) -> str:
    words = error.read(2000).decode(errors="replace").strip()
    return f"The server says {error.code} to {error.url}: {words or error.reason}"


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, and send."""
    parser = argparse.ArgumentParser(description="Send settings and pictures to Weblate.")
    parser.add_argument("--server", required=True, help="its address, with https")
    parser.add_argument("--project", required=True, help="the project's slug on the server")
    parser.add_argument("--component", required=True, help="the component's slug")
    parser.add_argument("--name", default="Sheets", help="a new component's name")
    parser.add_argument("--repo", help="a new component's git address")
    parser.add_argument("--index", type=Path, help="index.json of a proof; none: settings only")
    parser.add_argument("--dry-run", action="store_true", help="print, and send nothing")
    options = parser.parse_args(arguments)
    try:
        server = server_named(options)
        pictures = read_index(options.index) if options.index else {}
        is_there = send_settings(server, name=options.name, repo=options.repo)
        unknown = send_pictures(server, pictures, is_there=is_there) if pictures else []
    except urllib.error.HTTPError as error:
        print(_told(error), file=sys.stderr)
        return 1
    except (Refused, urllib.error.URLError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 2
    for _, msgid in unknown:
        print(f"The server has no such text yet, so run this again later: {msgid}", file=sys.stderr)
    return int(bool(unknown))


if __name__ == "__main__":
    sys.exit(main())

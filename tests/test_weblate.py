"""The script for Weblate asks and sends what the documented API takes, and guards its token."""

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from weblate_stand_in import TOKEN, StandIn

PNG = b"\x89PNG\r\n\x1a\n not a whole one"
MESSAGES = [("", "Place"), ("mark", "Draft"), ("", "Help"), ("", 'Say "no" – now'), ("", "Last")]
INDEX = [
    {"picture": "card-1.png", "msgctxt": None, "msgid": "Place", "piece": "card", "page": 1},
    {"picture": "card-1.png", "msgctxt": "mark", "msgid": "Draft", "piece": "card", "page": 1},
    {"picture": "none.png", "msgid": "", "piece": "card", "page": 1},
    {"picture": "leaf-1.png", "msgctxt": None, "msgid": "Last", "piece": "leaf", "page": 1},
]


@pytest.fixture(scope="module")
def script(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("weblate", project / "scripts" / "weblate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn(component=True, messages=MESSAGES).running() as running:
        yield running


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WEBLATE_TOKEN", TOKEN)
    for name in ("card-1.png", "leaf-1.png"):
        (tmp_path / name).write_bytes(PNG + name.encode())
    path = tmp_path / "index.json"
    path.write_text(json.dumps(INDEX), encoding="utf-8")
    return path


def options(server: StandIn, index: Path | None, *more: str) -> list[str]:
    words = ["--server", server.address, "--project", "campaign", "--component", "sheets"]
    return [*words, *(["--index", str(index)] if index else []), *more]


def test_settings_and_pictures_are_sent_and_each_text_has_its_picture(
    script: ModuleType, server: StandIn, index: Path
) -> None:
    assert script.main(options(server, index)) == 0
    assert server.component is not None
    assert server.component["filemask"] == "po/*.po"
    assert server.component["new_base"] == "po/campaign.pot"
    shown = {one["name"]: one["units"] for one in server.screenshots}
    assert {name: [url[-4:-1] for url in urls] for name, urls in shown.items()} == {
        "card-1.png": ["100", "101"],
        "leaf-1.png": ["104"],
    }
    assert server.pictures[1] == PNG + b"card-1.png"


def test_a_second_time_pictures_are_replaced_and_nothing_is_linked_twice(
    script: ModuleType, server: StandIn, index: Path
) -> None:
    script.main(options(server, index))
    (index.parent / "leaf-1.png").write_bytes(PNG + b"newer")
    server.requests.clear()
    assert script.main(options(server, index)) == 0
    sent = [request for request in server.requests if not request.startswith("GET")]
    assert sent == ["POST /api/screenshots/1/file/", "POST /api/screenshots/2/file/"]
    assert server.pictures[2] == PNG + b"newer"


def test_a_dry_run_says_what_it_would_send_and_sends_nothing(
    script: ModuleType, server: StandIn, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(options(server, index, "--dry-run")) == 0
    assert {request.split()[0] for request in server.requests} == {"GET"}
    told = capsys.readouterr().out
    assert f"would send: PATCH {server.address}/api/components/campaign/sheets/ {{" in told
    assert "language_code=en image=card-1.png" in told
    assert f"would send: POST {server.address}/api/screenshots/NEW/units/ unit_id=104" in told
    assert TOKEN not in told


def test_a_component_that_is_not_there_is_made(
    script: ModuleType, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with StandIn(component=False, messages=MESSAGES).running() as server:
        assert script.main(options(server, None)) == 2
        assert "There is no such component yet: add --repo" in capsys.readouterr().err
        more = ("--repo", "https://git.test/campaign.git")
        assert script.main(options(server, index, *more, "--dry-run")) == 0
        assert not server.screenshots
        assert script.main(options(server, index, *more)) == 0
        assert (server.component or {})["repo"] == "https://git.test/campaign.git"
        assert len(server.screenshots) == 2


def test_a_text_that_the_server_lacks_is_named(
    script: ModuleType, server: StandIn, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.messages = MESSAGES[:3]
    assert script.main(options(server, index)) == 1
    assert capsys.readouterr().err == (
        "The server has no such text yet, so run this again later: Last\n"
    )


@pytest.mark.parametrize("token", ["", "another"])
def test_the_token_is_the_environments_and_the_right_one(
    script: ModuleType,
    server: StandIn,
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    token: str,
) -> None:
    monkeypatch.setenv("WEBLATE_TOKEN", token)
    assert script.main(options(server, index)) == (1 if token else 2)
    told = capsys.readouterr().err
    if token:
        assert told.startswith("The server says 401 to") and "Invalid token." in told
    else:
        assert told == "Put your token into the environment, as WEBLATE_TOKEN.\n"
        assert server.requests == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://weblate.test", "--server: the token goes over https only"),
        ("weblate.test", "--server: the token goes over https only"),
        ("https://me:secret@weblate.test", "--server: leave names and passwords out"),
    ],
)
def test_the_token_goes_nowhere_unsafe(
    script: ModuleType,
    server: StandIn,
    index: Path,
    capsys: pytest.CaptureFixture[str],
    address: str,
    told: str,
) -> None:
    words = options(server, index)
    words[1] = address
    assert script.main(words) == 2
    assert capsys.readouterr().err.startswith(told)


def test_the_token_follows_no_address_of_another_server(
    script: ModuleType, server: StandIn, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.elsewhere = "http://127.0.0.1:9"
    assert script.main(options(server, index)) == 2
    assert "which is not its own." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"picture": "../card-1.png", "msgid": "x"}, "which does not lie beside it."),
        ({"picture": "none.png", "msgid": "x"}, "none.png is missing. Draw the proof again."),
        ({"picture": "index.json", "msgid": "x"}, "index.json is no PNG of at most"),
    ],
)
def test_only_pictures_beside_the_index_are_sent(
    script: ModuleType,
    server: StandIn,
    index: Path,
    capsys: pytest.CaptureFixture[str],
    row: dict[str, str],
    told: str,
) -> None:
    index.write_text(json.dumps([row]), encoding="utf-8")
    assert script.main(options(server, index)) == 2
    assert told in capsys.readouterr().err
    assert server.requests == []

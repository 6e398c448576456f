"""What tests share: the project's folder, a tiny project, and the fonts isolated once a run."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from project_kit import make_project

from printkit import fonts
from printkit.project import Project, load_project

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what it starts in the background ignore Ctrl-C, and so would all that we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of the run's own, also for commands that tests start; the user's is not touched."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRINTKIT_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def project() -> Path:
    """The repository's own folder, with its fonts and profiles."""
    return PROJECT


@pytest.fixture(scope="session")
def shipped(project: Path) -> Project:
    """The repository's own campaign, read once."""
    return load_project(project)


@pytest.fixture(scope="session")
def own_fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's fonts, and no others to be seen in this process."""
    fonts.isolate(PROJECT / "fonts", tmp_path_factory.mktemp("fontconfig"))
    return PROJECT / "fonts"


@pytest.fixture(autouse=True)
def no_fonts_left_behind() -> Iterator[None]:
    """A test that leaves other fonts to be seen would break those that come after it."""
    before = os.environ.get(fonts.CHOSEN)
    yield
    assert os.environ.get(fonts.CHOSEN) == before, "the test left other fonts behind"


@pytest.fixture(scope="session")
def tiny_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole project of three small pieces; tests read it and leave it as it is."""
    return make_project(tmp_path_factory.mktemp("tiny") / "project")


@pytest.fixture(scope="session")
def tiny_read(tiny_once: Path) -> Project:
    """The tiny project, read once."""
    return load_project(tiny_once)


@pytest.fixture
def tiny(tiny_once: Path, tmp_path: Path) -> Path:
    """The same project in a folder of the test's own, to be changed and built."""
    return Path(shutil.copytree(tiny_once, tmp_path / "project", symlinks=True))

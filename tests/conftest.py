"""What tests share: the project's folder, and its fonts isolated once a run."""

from pathlib import Path

import pytest

from printkit import fonts

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The repository's own folder, with its fonts and profiles."""
    return PROJECT


@pytest.fixture(scope="session")
def own_fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's fonts, and no others to be seen in this process."""
    fonts.isolate(PROJECT / "fonts", tmp_path_factory.mktemp("fontconfig"))
    return PROJECT / "fonts"

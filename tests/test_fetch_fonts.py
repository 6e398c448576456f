"""Rebuilding fonts/: what is kept of a package, and that nothing wrong is ever written."""

import hashlib
import importlib.util
import io
import re
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "package/400Regular/NotoSansLao_400Regular.ttf": b"regular",
    "package/700Bold/NotoSansLao_700Bold.ttf": b"bold",
    "package/LICENSE_FONT": b"licence",
    "package/500Medium/NotoSansLao_500Medium.ttf": b"medium",
    "package/LICENSE": b"the wrapper's",
}
KEPT = {
    "NotoSansLao-Regular.ttf": b"regular",
    "NotoSansLao-Bold.ttf": b"bold",
    "OFL-noto-sans-lao.txt": b"licence",
}


def load() -> ModuleType:
    """The script, which is in no package."""
    spec = importlib.util.spec_from_file_location("fetch", ROOT / "scripts/fetch_fonts.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with one package to fetch, which is already here."""
    module = load()
    serve(module, monkeypatch, FILES)
    return module


def serve(script: ModuleType, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> None:
    """Let the script find these files in the package."""

    def pack(package: str, version: str, folder: Path) -> Path:
        tarball = folder / f"{package}-{version}.tgz"
        with tarfile.open(tarball, "w:gz") as archive:
            for name, data in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        return tarball

    monkeypatch.setattr(script, "pack", pack)
    monkeypatch.setattr(script, "PINS", {"noto-sans-lao": "0.4.2"})


def sums(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "SHA256SUMS"
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_two_faces_and_the_fonts_licence_are_kept(script: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "fonts"
    assert script.rebuild(target, sums(tmp_path, KEPT), write_sums=False) == 3
    assert {path.name: path.read_bytes() for path in target.iterdir()} == KEPT


def test_sums_can_be_written_anew(script: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "SHA256SUMS"
    script.rebuild(tmp_path / "fonts", path, write_sums=True)
    assert script.read_sums(path) == {
        name: hashlib.sha256(data).hexdigest() for name, data in KEPT.items()
    }


def test_a_changed_a_missing_and_a_new_file_are_all_told_and_nothing_is_written(
    script: ModuleType, tmp_path: Path
) -> None:
    wrong = {"NotoSansLao-Regular.ttf": b"other", "NotoSansLao-Black.ttf": b"black"}
    with pytest.raises(script.FetchError) as caught:
        script.rebuild(tmp_path / "fonts", sums(tmp_path, wrong), write_sums=False)
    lines = str(caught.value).splitlines()
    assert lines[:3] == [
        "NotoSansLao-Black.ttf: missing",
        "NotoSansLao-Bold.ttf: not in SHA256SUMS",
        "OFL-noto-sans-lao.txt: not in SHA256SUMS",
    ]
    assert lines[3].startswith("NotoSansLao-Regular.ttf: SHA-256 is ")
    assert lines[4:] == ["Nothing was written."]
    assert list((tmp_path / "fonts").iterdir()) == []


def test_a_package_of_another_shape_is_told(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(script, monkeypatch, {"package/fonts/Lao.ttf": b"?", "package/LICENSE_FONT": b"licence"})
    with pytest.raises(script.FetchError, match="noto-sans-lao: 1 of the 3 files wanted"):
        script.rebuild(tmp_path / "fonts", sums(tmp_path, KEPT), write_sums=False)


def test_a_broken_line_of_sums_is_told_with_its_place(script: ModuleType, tmp_path: Path) -> None:
    path = sums(tmp_path, KEPT)
    path.write_text(path.read_text() + "abc  NotoSans.ttf\n", encoding="utf-8")
    with pytest.raises(script.FetchError, match=r"SHA256SUMS:4: not a line of sha256sum's: 'abc"):
        script.read_sums(path)


def test_the_fonts_page_tells_the_versions_that_are_pinned() -> None:
    module = load()
    page = (ROOT / "fonts/README.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"\| (noto-[a-z-]+) \| ([\d.]+) ", page)) == module.PINS

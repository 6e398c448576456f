"""The project's fonts: their sums, their isolation from the machine's, and where each one lies."""

import contextlib
import ctypes
import ctypes.util
import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from printkit.errors import Problems, listed

FOLDER = "fonts"
"""Of a project: holds the only fonts there are."""
SUMS = "SHA256SUMS"
CHOSEN = "FONTCONFIG_FILE"
"""Names the file that tells Fontconfig, and so Pango, which fonts there are."""
FAMILIES = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Armenian",
    "Noto Sans Devanagari",
    "Noto Sans Gurmukhi",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Gujarati",
    "Noto Sans Thai Looped",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Ethiopic",
    "Noto Sans TC",
    "Noto Sans KR",
    "Noto Sans JP",
    "Noto Sans SC",
    "Noto Nastaliq Urdu",
)
"""Every family there is, in the order in which a missing letter is looked for."""

_LIBRARIES = {
    "pango-1.0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "pangoft2-1.0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
}
_VERSIONS = {"pango-1.0": "pango_version_string", "harfbuzz-subset": "hb_version_string"}
"""The function of each library that tells its version."""
_DEBIAN = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_MAC = "brew install pango"


def verify_fonts(folder: Path) -> None:
    """Hold the files of the fonts' folder to their SHA-256 sums; raise UserError with all that
    is missing, changed or foreign.
    """
    problems = Problems()
    name = folder.name
    sums = _sums(folder, problems)
    present = {path.name for path in folder.glob("*")} - {SUMS} if folder.is_dir() else set()
    for file in sorted(sums.keys() - present):
        problems.add(f"{file} is missing.", _restore(name), f"{name}/{SUMS}")
    for file in sorted(sums.keys() & present):
        if _digest(folder / file) != sums[file]:
            problems.add("The file has changed.", _restore(name), f"{name}/{file}")
    for file in sorted(present - sums.keys()):
        if sums and Path(file).suffix.lower() in (".ttf", ".otf", ".ttc", ".woff", ".woff2"):
            problems.add(
                "This font is not in the list of the project's fonts.",
                f"Remove it, or add its sum to {name}/{SUMS}.",
                f"{name}/{file}",
            )
    problems.raise_if_any()


def isolate(folder: Path, scratch: Path) -> None:
    """Let this process see the project's fonts and no others, and prove it.

    Call it before WeasyPrint is first used. Raises UserError when a library is missing or when
    the machine's fonts show through.
    """
    problems = Problems()
    missing = [name for name in _LIBRARIES if library(name) is None]
    if missing:
        command = _MAC if sys.platform == "darwin" else _DEBIAN
        problems.add(
            f"The text libraries are not complete: {listed(missing)} cannot be loaded.",
            f"Run: {command}",
        )
    problems.raise_if_any()
    scratch.mkdir(parents=True, exist_ok=True)
    configuration = _configuration(scratch)
    _write_if_changed(Path(configuration), fonts_conf(folder, scratch / "fontconfig"))
    os.environ[CHOSEN] = configuration
    for variable in ("FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "PANGO_LANGUAGE"):
        os.environ.pop(variable, None)
    _prove_isolated(folder, visible_fonts(), problems)
    problems.raise_if_any()


@contextlib.contextmanager
def isolated(folder: Path, scratch: Path) -> Iterator[None]:
    """Let this process see the project's fonts and no others for a while, since the scratch
    folder may be gone later; raise UserError as `isolate` does.
    """
    before, own = os.environ.get(CHOSEN), _configuration(scratch)
    try:
        isolate(folder, scratch)
        yield
    finally:
        # Whoever looks at other fonts by now goes on with these.
        if os.environ.get(CHOSEN) == own:
            del os.environ[CHOSEN]
            if before is not None:
                os.environ[CHOSEN] = before


def _configuration(scratch: Path) -> str:
    # Absolute, since Fontconfig falls back to the machine's fonts without a word otherwise.
    return str((scratch / "fonts.conf").resolve())


def fonts_conf(folder: Path, cache: Path) -> str:
    """Return the Fontconfig file that shows one folder's fonts, without hints or false bold."""
    families = "".join(f"<string>{family}</string>" for family in FAMILIES)
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{escape(str(folder.resolve()), quote=False)}</dir>
  <cachedir>{escape(str(cache.resolve()), quote=False)}</cachedir>
  <config><rescan><int>0</int></rescan></config>
  <match target="pattern">
    <edit name="family" mode="append_last" binding="strong">{families}</edit>
  </match>
  <match target="pattern"><edit name="hinting" mode="assign"><bool>false</bool></edit></match>
  <match target="font"><edit name="embolden" mode="assign"><bool>false</bool></edit></match>
</fontconfig>
"""


def font_file(folder: Path, family: str, weight: str) -> Path:
    """Return the file of a family such as "Noto Sans" in a weight, "Regular" or "Bold"."""
    return folder / f"{family.replace(' ', '')}-{weight}.ttf"


def visible_fonts() -> list[Path]:
    """Return the files of all fonts that Fontconfig shows this process."""
    fontconfig = library("fontconfig")
    if fontconfig is None:
        return []
    fontconfig.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    fontconfig.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    fontconfig.FcConfigDestroy.argtypes = (ctypes.c_void_p,)
    configuration = fontconfig.FcInitLoadConfigAndFonts()
    try:
        fonts = fontconfig.FcConfigGetFonts(configuration, 0)
        return list(_files(fontconfig, fonts.contents)) if fonts else []
    finally:
        fontconfig.FcConfigDestroy(configuration)


class _FontSet(ctypes.Structure):
    """Fontconfig's FcFontSet."""

    _fields_ = (
        ("nfont", ctypes.c_int),
        ("sfont", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


def _files(fontconfig: ctypes.CDLL, fonts: _FontSet) -> Iterator[Path]:
    fontconfig.FcPatternGetString.argtypes = (
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_char_p),
    )
    for number in range(fonts.nfont):
        file = ctypes.c_char_p()
        fontconfig.FcPatternGetString(fonts.fonts[number], b"file", 0, ctypes.byref(file))
        if file.value is not None:
            yield Path(os.fsdecode(file.value)).resolve()


def _prove_isolated(folder: Path, visible: list[Path], problems: Problems) -> None:
    own = {path.resolve() for path in folder.glob("*.ttf")}
    foreign = sorted(path.name for path in set(visible) - own)
    unseen = sorted(path.name for path in own - set(visible))
    if foreign:
        problems.add(
            f"The machine's own fonts show through: {listed(foreign, 3)}.",
            "Unset FONTCONFIG_FILE and FONTCONFIG_PATH and try again; sheets are set in the"
            " project's fonts only.",
        )
    if unseen or not own:
        what = listed(unseen, 3) if unseen else "there are none"
        problems.add(
            f"Fonts of the project cannot be read: {what}.", _restore(folder.name), folder.name
        )


@functools.cache
def library(name: str) -> ctypes.CDLL | None:
    """Return a loaded shared library by the names it goes by, or None."""
    names = [*_LIBRARIES[name]]
    if sys.platform == "darwin":
        names += [f"{prefix}/lib/{names[1]}" for prefix in ("/opt/homebrew", "/usr/local")]
    return _loaded(names) or _loaded([ctypes.util.find_library(name)])


def _loaded(names: Iterable[str | None]) -> ctypes.CDLL | None:
    """Return the first library that loads by its name."""
    for name in filter(None, names):
        with contextlib.suppress(OSError):
            return ctypes.CDLL(name)
    return None


@contextlib.contextmanager
def found_by_name() -> Iterator[None]:
    """Spare whoever loads the text libraries a search for each, where their names are enough.

    Python searches by running the linker and the compiler, which takes half a second for all that
    WeasyPrint tries; on Linux each of them can be had by its file's name.
    """
    search = ctypes.util.find_library
    if _names_are_enough():
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


@functools.cache
def _names_are_enough() -> bool:
    names = [names[0] for names in _LIBRARIES.values()]
    names += ["libgobject-2.0.so.0", "libharfbuzz.so.0"]
    return sys.platform == "linux" and all(_loaded([name]) for name in names)


def library_versions() -> tuple[str, ...]:
    """Return the versions of the system's libraries that shape letters and cut fonts."""
    told = []
    for name, function in _VERSIONS.items():
        tell = getattr(library(name), function, None)
        if tell is not None:
            tell.restype = ctypes.c_char_p
            told.append(f"{name} {tell().decode()}")
    return tuple(told)


def _sums(folder: Path, problems: Problems) -> dict[str, str]:
    """Read the list of sums: a digest, two spaces and a file's name in each line."""
    path = folder / SUMS
    place = f"{folder.name}/{SUMS}"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        problems.add("The list of the fonts' sums cannot be read.", _restore(folder.name), place)
        return {}
    sums = {}
    for number, line in enumerate(lines, start=1):
        digest, _, file = line.partition("  ")
        if len(digest) != 64 or not file or Path(file).name != file:
            problems.add("This line holds no sum.", _restore(folder.name), place, number)
        else:
            sums[file] = digest
    return sums


def _digest(path: Path) -> str:
    try:
        state = path.stat()
        return _sum(path, state.st_mtime_ns, state.st_size, state.st_ino)
    except OSError:
        return ""


@functools.lru_cache(maxsize=512)
def _sum(path: Path, changed_ns: int, size: int, inode: int) -> str:
    """Return a file's SHA-256, worked out once a process while the file stays as it is."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _restore(folder: str) -> str:
    return f"Bring the folder back: git checkout -- {folder}"


def _write_if_changed(path: Path, text: str) -> None:
    """Leave an equal file alone, so that Fontconfig's cache stays fresh."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)

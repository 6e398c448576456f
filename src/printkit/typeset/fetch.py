"""Serves WeasyPrint the files of the piece, and nothing else."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import DataHandler, Request, url2pathname

from weasyprint.urls import URLFetcherResponse

# A table of our own: what the machine thinks of suffixes must not change a sheet.
_TYPES = {
    ".css": "text/css",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
MAX_BYTES = 50_000_000


class RootFetcher:
    """Fetches files under the roots and inline images; remembers what else was asked for.

    Not a subclass of WeasyPrint's URLFetcher, whose handlers speak HTTP and FTP: here there is
    nothing to switch off.
    """

    _fail_on_errors = False  # WeasyPrint reads this; what is refused is told in `refused`.

    def __init__(self, roots: tuple[Path, ...]) -> None:
        self._roots = tuple(root.resolve() for root in roots)
        self.refused: dict[str, None] = {}

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return what an address holds, or refuse it."""
        scheme = url.partition(":")[0].lower()
        if scheme == "data" and url[5:].lstrip().lower().startswith("image/"):
            answer = DataHandler().data_open(Request(url))
            return URLFetcherResponse(url, answer.read(), dict(answer.headers))
        path = self._file(url) if scheme == "file" else None
        if path is None:
            self.refused[url[:200]] = None
            raise ValueError("The address is outside the piece.")
        if not path.is_file():
            raise ValueError("The file is missing.")
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB.")
        kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        return URLFetcherResponse(path.as_uri(), path.read_bytes(), {"Content-Type": kind})

    def _file(self, url: str) -> Path | None:
        """Return the file of an address under the roots, symbolic links followed, or None."""
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost"):
            return None
        path = Path(url2pathname(parts.path)).resolve()
        return path if any(path.is_relative_to(root) for root in self._roots) else None

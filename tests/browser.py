"""Headless Chromium for tests, by its driver (W3C WebDriver), where pdf.js shows and axe judges."""

import base64
import contextlib
import functools
import json
import os
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PDFJS = ROOT / ".browser" / "node_modules" / "pdfjs-dist"
AXE = ROOT / ".browser" / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = (
    *("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=900,1400"),
)
PAGE = """<!doctype html><meta charset="utf-8"><title>A viewer</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="pdfjs/web/pdf_viewer.css">
<div id="container" style="position: absolute; inset: 0; overflow: auto">
<div id="viewer" class="pdfViewer"></div></div>
<script type="module">
import * as pdfjs from "./pdfjs/build/pdf.mjs";
globalThis.pdfjsLib = pdfjs;
pdfjs.GlobalWorkerOptions.workerSrc = "./pdfjs/build/pdf.worker.mjs";
const { EventBus, PDFViewer } = await import("./pdfjs/web/pdf_viewer.mjs");
const eventBus = new EventBus();
const viewer = new PDFViewer({ container: document.getElementById("container"), eventBus });
eventBus.on("pagesinit", () => { viewer.currentScaleValue = "1"; });
globalThis.sheet = await pdfjs.getDocument({ url: "sheet.pdf" }).promise;
viewer.setDocument(globalThis.sheet);
</script>"""
SAVE = """const done = arguments[0];
sheet.saveDocument().then(bytes => {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    done(btoa(text));
});"""


class Browser:
    """One session of the driver's."""

    def __init__(self, driver: str) -> None:
        self._driver = driver
        own = () if os.geteuid() else ("--no-sandbox",)  # root's Chromium has none
        options = {"args": [*ARGUMENTS, *own]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options}
        begun = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{begun['sessionId']}"

    def open(self, address: str) -> None:
        self._call("POST", f"{self._session}/url", {"url": address})

    def run(self, script: str) -> Any:
        return self._call("POST", f"{self._session}/execute/sync", {"script": script, "args": []})

    def wait_for(self, script: str) -> Any:
        """What a script gives, once it gives something."""
        for _ in range(150):
            if found := self.run(script):
                return found
            time.sleep(0.1)
        raise AssertionError(f"The page never came to: {script}")

    def saved(self) -> bytes:
        """The file as pdf.js saves it."""
        body = {"script": SAVE, "args": []}
        return base64.b64decode(self._call("POST", f"{self._session}/execute/async", body))

    def resize(self, width: int, height: int) -> None:
        """Show pages at a size, in CSS pixels, as a telephone or a desk does."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        body = {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics}
        self._call("POST", f"{self._session}/goog/cdp/execute", body)

    def press(self, key: str) -> None:
        """Press a key, and let it go, wherever the focus is."""
        told = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        body = {"actions": [{"type": "key", "id": "keyboard", "actions": told}]}
        self._call("POST", f"{self._session}/actions", body)

    def violations(self) -> list[str]:
        """What axe-core has to say against the page: a line a rule, with the elements."""
        self.run(AXE.read_text(encoding="utf-8"))
        script = "const done = arguments[0]; axe.run().then(found => done(found.violations));"
        body = {"script": script, "args": []}
        found = self._call("POST", f"{self._session}/execute/async", body)
        return [
            f"{one['id']}: {one['help']}: " + " ".join(node["html"] for node in one["nodes"])
            for one in found
        ]

    def type(self, selector: str, text: str) -> None:
        self._on(selector, "value", {"text": text})

    def click(self, selector: str) -> None:
        self._on(selector, "click", {})

    def close(self) -> None:
        self._call("DELETE", self._session)

    def _on(self, selector: str, what: str, body: dict[str, Any]) -> None:
        using = {"using": "css selector", "value": selector}
        (element,) = self._call("POST", f"{self._session}/element", using).values()
        self._call("POST", f"{self._session}/element/{element}/{what}", body)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            self._driver + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]


def skip_without_browser() -> None:
    """Skip a test where the browser, its driver, pdf.js or axe-core is not installed."""
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if not PDFJS.is_dir():
        missing.append("pdf.js")
    if not AXE.is_file():
        missing.append("axe-core")
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}; scripts/browser.sh installs them")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    driver = subprocess.Popen(
        ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert driver.stdout is not None
        said = iter(driver.stdout.readline, "")
        port = next(m[1] for line in said if (m := re.search(r"on port (\d+)\.", line)))
        with contextlib.closing(Browser(f"http://127.0.0.1:{port}")) as begun:
            yield begun
    finally:
        driver.terminate()
        driver.communicate(timeout=30)


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}  # noqa: RUF012

    def __init__(self, *args: Any, asked: Callable[[str], None], **kwargs: Any) -> None:
        self._asked = asked
        super().__init__(*args, **kwargs)

    def log_message(self, format: str, *args: Any) -> None:
        self._asked(self.requestline)


@contextlib.contextmanager
def viewer(pdf: bytes, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a page on which pdf.js shows a file, and what it was asked for so far."""
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "sheet.pdf").write_bytes(pdf)
    (folder / "pdfjs").symlink_to(PDFJS)
    asked: list[str] = []
    handler = functools.partial(_Quiet, directory=str(folder), asked=asked.append)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/index.html", asked
        finally:
            server.shutdown()
            thread.join()

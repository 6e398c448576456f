"""A real Dask scheduler and its workers on this machine's loopback, to use and to kill."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent
WAIT_S = 30


class Cluster:
    """A scheduler, and the workers started so far; each is a process of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        told = folder / "scheduler.json"
        self._environment = {
            **os.environ,
            "PYTHONPATH": f"{TESTS.parent / 'src'}{os.pathsep}{TESTS}",
            "PRINTKIT_CACHE": "off",
            **settings,
        }
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._started(
            *("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
            *("--scheduler-file", str(told)),
        )
        end = time.monotonic() + WAIT_S
        while not told.exists():
            assert time.monotonic() < end and self.scheduler.poll() is None, self.logs()
            time.sleep(0.05)
        self.address: str = json.loads(told.read_text(encoding="utf-8"))["address"]

    def add_worker(self, *options: str, **settings: str) -> subprocess.Popen[bytes]:
        """Start a worker that nobody starts again when it is killed."""
        worker = self._started(
            *("worker", self.address, "--no-nanny", "--no-dashboard", "--death-timeout", "20"),
            *("--local-directory", str(self._folder / f"worker-{len(self.workers)}")),
            *(options or ("--nthreads", "1")),
            **settings,
        )
        self.workers.append(worker)
        return worker

    def wait_for(self, workers: int) -> None:
        """Wait until so many workers have come."""
        with self.client() as client:
            client.wait_for_workers(workers, timeout=WAIT_S)

    def client(self) -> Any:
        """Return a client of Dask's own, to look in from outside."""
        import distributed

        connect: Any = distributed.Client
        return connect(self.address, set_as_default=False)

    def logs(self) -> str:
        """Return what the processes said."""
        return "\n".join(
            path.read_text(encoding="utf-8", errors="replace")[-2000:]
            for path in sorted(self._folder.glob("*.log"))
        )

    def close(self) -> None:
        """End every process."""
        for process in (*self.workers, self.scheduler):
            process.kill()
        for process in (*self.workers, self.scheduler):
            process.wait()

    def _started(self, kind: str, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
        log = self._folder / f"{kind}-{len(self.workers)}.log"
        with log.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
                env={**self._environment, **settings},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )

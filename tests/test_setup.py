"""Set-up on a fresh machine, with stand-ins for all that a machine may have or lack."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = (
    *("sh", "make", "cat", "cksum", "dirname", "env", "id", "mktemp", "rm", "sed", "tail", "tr"),
    *("mkdir", "chmod"),  # for the stand-ins
)
"""All that set-up may count on, wherever it runs."""
PINNED = (
    "requirements.txt",
    "requirements-bench.txt",
    "requirements-dask.txt",
    "requirements-dev.txt",
)

FAKE_PYTHON = r"""#!/bin/sh
# Stands in for Python: says its version, which libraries are missing, and notes what it installs.
case "$*" in
    *'sys.version_info'*) echo "$FAKE_VERSION" ;;
    *'print(sys.version)'*) echo "$FAKE_VERSION of today" ;;
    *'import ctypes, ensurepip'*) [ -z "$FAKE_NO_VENV" ] ;;
    '-I -') cat >/dev/null; for name in $FAKE_MISSING; do echo "$name"; done ;;
    *'-m venv --clear'*)
        echo venv >>"$FAKE_LOG"
        rm -rf .venv && mkdir -p .venv/bin
        cat "$0" >.venv/bin/python && chmod +x .venv/bin/python ;;
    *'-m pip install'*)
        echo "pip $*" >>"$FAKE_LOG"
        [ -z "$FAKE_PIP_FAILS" ] || { echo "no such host"; exit 1; } ;;
    *) echo "not expected: $*" >>"$FAKE_LOG"; exit 9 ;;
esac
"""
NOTES = '#!/bin/sh\necho "${0##*/} $*" >>"$FAKE_LOG"\n'
"""A command that does nothing but say that it was called."""


class Machine:
    """A checkout in a folder with a space in its name, and no commands but those put there."""

    def __init__(self, home: Path) -> None:
        self.checkout = home / "print kit"
        self.bin = home / "bin"
        self.log = home / "calls"
        self.settings = {"FAKE_VERSION": "3.12", "FAKE_LOG": str(self.log)}
        (self.checkout / "scripts").mkdir(parents=True)
        self.bin.mkdir()
        for name in ("Makefile", "pyproject.toml", *PINNED):
            shutil.copy(ROOT / name, self.checkout / name)
        shutil.copy(ROOT / "scripts/setup.sh", self.checkout / "scripts/setup.sh")
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, f"{tool} is not on this machine"
            (self.bin / tool).symlink_to(found)
        self.command("python3", FAKE_PYTHON)
        self.command("uname", "#!/bin/sh\necho Linux\n")

    def command(self, name: str, script: str) -> None:
        """Put a script on the machine's PATH."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def make(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run make as this machine's user would, without a terminal."""
        return self.run(str(self.bin / "make"), *arguments, **settings)

    def run(self, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the checkout."""
        return subprocess.run(
            command,
            cwd=self.checkout,
            env={"PATH": str(self.bin), **self.settings, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def calls(self) -> list[str]:
        """What was run since the last look."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


# --- Set-up: the good ---------------------------------------------------------


def test_a_first_set_up_installs_and_a_second_does_nothing(machine: Machine) -> None:
    first = machine.make("setup")
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines() == [
        "Making .venv with Python 3.12",
        "Installing the packages of requirements.txt, sums checked (up to a minute or two)",
        "Set up.",
    ]
    assert machine.calls() == [
        "venv",
        "pip -I -m pip install --require-hashes --only-binary :all: -r requirements.txt",
        "pip -I -m pip install --no-deps --no-index --no-build-isolation --editable .",
    ]
    second = machine.make("setup")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert machine.calls() == []


def test_the_tests_packages_are_added_to_a_set_up(machine: Machine) -> None:
    machine.make("setup")
    machine.calls()
    assert machine.make("setup-dev").returncode == 0
    pip = "pip -I -m pip install --require-hashes --only-binary :all:"
    assert machine.calls() == [
        f"{pip} -r requirements-dask.txt -r requirements.txt",
        f"{pip} -r requirements-dev.txt -r requirements.txt",
    ]
    assert machine.make("setup-dev").stdout == ""
    assert machine.make("setup").stdout == ""


def test_what_is_measured_beside_is_added_to_the_tests_packages(machine: Machine) -> None:
    machine.make("setup-dev")
    machine.calls()
    done = machine.run("scripts/setup.sh", "--bench")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["Installing the packages of requirements-bench.txt, sums checked (up to a minute or two)"],
    )
    assert len(machine.calls()) == 1


def test_what_builds_on_several_machines_need_is_added_alone(machine: Machine) -> None:
    machine.make("setup")
    machine.calls()
    done = machine.run("scripts/setup.sh", "--dask")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["Installing the packages of requirements-dask.txt, sums checked (up to a minute or two)"],
    )
    assert len(machine.calls()) == 1
    assert machine.run("scripts/setup.sh", "--dask").stdout == ""


def test_a_change_of_requirements_starts_anew(machine: Machine) -> None:
    machine.make("setup")
    machine.calls()
    with (machine.checkout / "requirements.txt").open("a") as file:
        file.write("# changed\n")
    assert machine.make("setup").returncode == 0
    assert machine.calls()[0] == "venv"


def test_a_change_of_pyproject_installs_printkit_only(machine: Machine) -> None:
    machine.make("setup")
    machine.calls()
    with (machine.checkout / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert machine.make("setup").stdout == "Set up.\n"
    assert len(machine.calls()) == 1


def test_another_python_starts_anew(machine: Machine) -> None:
    machine.make("setup")
    machine.calls()
    machine.command("python9", FAKE_PYTHON.replace("of today", "of another day"))
    again = machine.make("setup", "PYTHON=python9")
    assert again.returncode == 0, again.stderr
    assert machine.calls()[0] == "venv"


def test_a_moved_checkout_starts_anew(machine: Machine) -> None:
    machine.make("setup")
    machine.calls()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
    assert machine.make("setup").returncode == 0
    assert machine.calls()[0] == "venv"


def test_a_set_up_that_failed_half_way_starts_anew(machine: Machine) -> None:
    machine.make("setup")
    failed = machine.make("setup-dev", FAKE_PIP_FAILS="yes")
    assert failed.returncode == 2
    assert "    no such host\n" in failed.stderr
    assert (
        "pip could not install the packages. Is there a network? Then run make again."
        in failed.stderr
    )
    machine.calls()
    assert machine.make("setup").returncode == 0
    assert machine.calls()[0] == "venv"


# --- Set-up: what the machine lacks -------------------------------------------


def test_an_old_python_is_refused(machine: Machine) -> None:
    done = machine.make("setup", FAKE_VERSION="3.9")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "printkit needs Python 3.11 or newer; python3 is 3.9. "
        "Install a newer one, then: make PYTHON=python3.12"
    )
    assert machine.calls() == []


@pytest.mark.parametrize("version", ["2.7", "3.1", "3.10"])
def test_versions_are_not_compared_as_text(machine: Machine, version: str) -> None:
    assert f"python3 is {version}." in machine.make("setup", FAKE_VERSION=version).stderr


@pytest.mark.parametrize("version", ["3.11", "3.14", "3.20", "4.0"])
def test_newer_versions_will_do(machine: Machine, version: str) -> None:
    assert machine.make("setup", FAKE_VERSION=version).returncode == 0


def test_a_newer_python_beside_an_old_one_is_found(machine: Machine) -> None:
    machine.command("python3.12", FAKE_PYTHON)
    machine.command("python3", FAKE_PYTHON.replace("$FAKE_VERSION", "3.9"))
    done = machine.make("setup")
    assert done.returncode == 0, done.stderr
    assert "Making .venv with Python 3.12" in done.stdout


def test_a_python_that_is_not_there_is_named(machine: Machine) -> None:
    done = machine.make("setup", "PYTHON=python3.99")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "printkit needs Python 3.11 or newer; python3.99 was not found. "
        "Install it, then run make again."
    )


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        (None, "your package manager, for what Debian calls libpango-1.0-0 libpangoft2-1.0-0"),
        ("dnf", "sudo dnf install python3 pango harfbuzz"),
        ("pacman", "sudo pacman -S python pango harfbuzz"),
    ],
)
def test_without_apt_or_brew_the_one_command_is_printed(
    machine: Machine, manager: str | None, command: str
) -> None:
    if manager:
        machine.command(manager, NOTES)
    done = machine.make("setup", FAKE_MISSING="libpango-1.0-0 libpangoft2-1.0-0")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        f"Python with venv, Pango or HarfBuzz is missing. Run this, then make again: {command}"
    )
    assert machine.calls() == []


def test_without_root_or_sudo_the_one_command_is_printed(machine: Machine) -> None:
    machine.command("apt-get", NOTES)
    machine.command("id", "#!/bin/sh\necho 1000\n")
    done = machine.make("setup", FAKE_MISSING="libharfbuzz-subset0", FAKE_NO_VENV="yes")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "These are missing: python3-venv libharfbuzz-subset0. Run this, then make again: sudo "
        "apt-get update && sudo apt-get install -y python3-venv libharfbuzz-subset0"
    )
    assert machine.calls() == []


def test_sudo_that_wants_a_password_nobody_can_type_is_not_waited_for(machine: Machine) -> None:
    machine.command("apt-get", NOTES)
    machine.command("id", "#!/bin/sh\necho 1000\n")
    machine.command("sudo", NOTES + "exit 1\n")
    done = machine.make("setup", FAKE_MISSING="libpango-1.0-0")
    assert "Run this, then make again: sudo apt-get update && sudo" in done.stderr
    assert machine.calls() == ["sudo -n true"]


def test_nothing_missing_asks_nothing_of_apt(machine: Machine) -> None:
    machine.command("apt-get", NOTES)
    machine.command("sudo", NOTES)
    assert machine.make("setup").returncode == 0
    assert not [call for call in machine.calls() if call.startswith(("apt-get", "sudo"))]


def test_apt_gets_its_lists_when_it_does_not_know_a_package(machine: Machine) -> None:
    machine.command("id", "#!/bin/sh\necho 0\n")
    machine.command("apt-get", NOTES + 'case "$1" in update) ;; *) exit 100 ;; esac\n')
    done = machine.make("setup", FAKE_MISSING="libpango-1.0-0")
    assert done.returncode == 2
    install = "apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 libpango-1.0-0"
    assert machine.calls() == [install, "apt-get update", install]
    assert done.stdout == "Installing with apt: libpango-1.0-0\n"
    assert "apt could not install these. Run this, then make again: sudo apt-get" in done.stderr


def test_a_python_that_cannot_see_what_apt_installed_is_told(machine: Machine) -> None:
    machine.command("id", "#!/bin/sh\necho 0\n")
    machine.command("apt-get", NOTES)
    done = machine.make("setup", FAKE_MISSING="libpango-1.0-0")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "python3 still cannot load what Debian calls libpango-1.0-0. "
        "Name another Python (make PYTHON=python3.12), or run this, then make again: sudo apt-get"
    )


def test_on_a_mac_homebrew_brings_pango(machine: Machine) -> None:
    machine.command("uname", "#!/bin/sh\necho Darwin\n")
    machine.command("brew", NOTES + '[ "$1" != --prefix ] || echo /nowhere\n')
    done = machine.make("setup", FAKE_MISSING="libpango-1.0-0")
    assert "Installing with Homebrew: pango python" in done.stdout
    assert "brew install pango python" in machine.calls()


def test_on_a_mac_homebrew_brings_a_newer_python_too(machine: Machine) -> None:
    machine.command("uname", "#!/bin/sh\necho Darwin\n")
    brought = (
        f'cat "{machine.bin}/python3" | sed "s/.FAKE_VERSION/3.13/" >"{machine.bin}/python3.13"'
    )
    machine.command(
        "brew",
        f"{NOTES}case $1 in --prefix) echo /nowhere ;; install) {brought}; "
        f'chmod +x "{machine.bin}/python3.13" ;; esac\n',
    )
    done = machine.make("setup", FAKE_VERSION="3.9")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == [
        "Installing with Homebrew: pango python",
        "Making .venv with Python 3.13",
    ]

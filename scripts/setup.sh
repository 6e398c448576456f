#!/bin/sh
# Make this checkout ready: the system's libraries, then a virtual environment at .venv.
#
#   scripts/setup.sh          what a build needs
#   scripts/setup.sh --dask   and what it needs to build on several machines
#   scripts/setup.sh --dev    and what the tests need
#   scripts/setup.sh --bench  and what `make bench` measures beside us
#
# PYTHON=python3.12 chooses the Python. Nothing is done when nothing has changed. Status 2: something
# is needed that only you can do; the command to run is printed.
set -eu
cd "$(dirname "$0")/.."

# A caller's own Python paths must not stand in for what is installed here.
unset PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

venv=.venv
log=

say() { printf '%s\n' "$*"; }
stop() { say "$@" >&2; exit 2; }
have() { command -v "$1" >/dev/null 2>&1; }

trap '[ -z "$log" ] || rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

quietly() {  # run a command; what it says is shown only if it fails
    [ -n "$log" ] || log=$(mktemp "${TMPDIR:-/tmp}/printkit-setup.XXXXXX")
    "$@" >"$log" 2>&1 </dev/null
}

stop_with_log() {
    tail -n 15 "$log" | sed 's/^/    /' >&2
    stop "$@"
}

# --- Python ------------------------------------------------------------------------------------------

version_of() {  # "3.11"; nothing if it does not run
    "$1" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

recent_enough() {
    case "$1" in
        '' | [012].* | 3.[0-9] | 3.10) return 1 ;;
    esac
}

choose_python() {  # sets python to the first that will do, too_old to the first that is not
    python=
    too_old=
    set -- python3 python3.13 python3.12 python3.11
    # Homebrew's own Python finds Homebrew's Pango; the system's and python.org's look elsewhere.
    if [ "$(uname -s)" = Darwin ] && have brew; then
        set -- "$(brew --prefix)/bin/python3" "$@"
    fi
    [ -z "${PYTHON:-}" ] || set -- "$PYTHON"
    for candidate; do
        have "$candidate" || continue
        version=$(version_of "$candidate")
        if recent_enough "$version"; then
            python=$candidate
            return
        fi
        [ -n "$too_old" ] || too_old=${version:+"$candidate is $version"}
    done
}

refuse_python() {
    needs="printkit needs Python 3.11 or newer"
    [ -z "$too_old" ] || stop "$needs; $too_old. Install a newer one, then: make PYTHON=python3.12"
    stop "$needs; ${PYTHON:-python3} was not found. Install it, then run make again."
}

# --- The system's packages ---------------------------------------------------------------------------

missing_libraries() {  # Debian's name of each library that Python cannot load, as WeasyPrint will ask
    "$python" -I - 2>/dev/null <<'END' || say libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
import ctypes

for package, names in {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}.items():
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        break
    else:
        print(package)
END
}

missing_packages() {  # Debian's names of all that is not there, on one line
    if [ -z "$python" ]; then
        say python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
        return
    fi
    missing=$(missing_libraries | tr '\n' ' ')
    if ! "$python" -I -c 'import ctypes, ensurepip, venv' 2>/dev/null; then
        case "$python" in
            python3 | */python3) missing="python3-venv $missing" ;;
            *) missing="python$(version_of "$python")-venv $missing" ;;
        esac
    fi
    say "${missing% }"
}

may_be_root() {  # asks for the password, if there is someone to ask
    [ "$(id -u)" -ne 0 ] || return 0
    have sudo || return 1
    sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        quietly env DEBIAN_FRONTEND=noninteractive "$@"
    else
        quietly sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

apt_install() {  # $1: what to run by hand; the rest: packages
    by_hand=$1
    shift
    may_be_root || stop "These are missing: $*. Run this, then make again: $by_hand"
    say "Installing with apt: $*"
    set -- apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    # A fresh machine has no package lists, a neglected one has old ones.
    as_root "$@" || { as_root apt-get update && as_root "$@"; } ||
        stop_with_log "apt could not install these. Run this, then make again: $by_hand"
}

brew_install() {
    say "Installing with Homebrew: $*"
    quietly brew install "$@" ||
        stop_with_log "Homebrew could not install these. Run this, then make again: brew install $*"
}

by_hand_elsewhere() {  # the one command, on systems that this script does not install for
    if have dnf; then
        say "sudo dnf install python3 pango harfbuzz"
    elif have pacman; then
        say "sudo pacman -S python pango harfbuzz"
    elif have zypper; then
        say "sudo zypper install python3 libpango-1_0-0 libharfbuzz-subset0"
    elif [ "$(uname -s)" = Darwin ]; then
        say "brew install pango python   (first install Homebrew)"
    else
        say "your package manager, for what Debian calls $*"
    fi
}

install_system_packages() {
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    # shellcheck disable=SC2086  # a list of names
    if have apt-get; then
        command="sudo apt-get update && sudo apt-get install -y $packages"
        apt_install "$command" $packages
    elif have brew; then
        command="brew install pango python"
        brew_install pango python
    else
        command=$(by_hand_elsewhere $packages)
        stop "Python with venv, Pango or HarfBuzz is missing. Run this, then make again: $command"
    fi
    choose_python
    [ -n "$python" ] || refuse_python
    packages=$(missing_packages)
    [ -z "$packages" ] || stop "$python still cannot load what Debian calls $packages." \
        "Name another Python (make PYTHON=python3.12), or run this, then make again: $command"
}

# --- The virtual environment -------------------------------------------------------------------------

fingerprint() {  # of a file, the Python, and this folder's name, which the environment's scripts hold
    cksum "$1"
    "${PYTHON:-$venv/bin/python}" -I -c 'import sys; print(sys.version)' 2>/dev/null || true
    pwd
}

is_in_place() {  # what a file asks for was installed, and nothing has changed since
    [ ! -e "$venv/changing" ] && [ -x "$venv/bin/python" ] && [ -f "$venv/ready-$1" ] &&
        [ "$(cat "$venv/ready-$1")" = "$(fingerprint "$1")" ]
}

pip_install() {  # what a killed pip has half written looks installed to the next one: leave a sign
    : >"$venv/changing"
    quietly "$venv/bin/python" -I -m pip install "$@" || return 1
    rm "$venv/changing"
}

make_environment() {
    choose_python
    # Homebrew can bring a newer Python beside an old one; apt only has its release's.
    if [ -z "$python" ] && { [ -n "${PYTHON:-}" ] || { [ -n "$too_old" ] && ! have brew; }; }; then
        refuse_python
    fi
    install_system_packages
    say "Making $venv with Python $(version_of "$python")"
    quietly "$python" -I -m venv --clear "$venv" ||
        stop_with_log "python -m venv failed. Is the disk full? Then run make again."
}

install_packages() {  # $1: the file that asks; the rest: all files that must hold together
    say "Installing the packages of $1, sums checked (up to a minute or two)"
    asked=$1
    for file; do
        shift
        set -- "$@" -r "$file"
    done
    # Built packages only: what a source package needs to be built has no sum here.
    pip_install --require-hashes --only-binary :all: "$@" || stop_with_log \
        "pip could not install the packages. Is there a network? Then run make again." \
        "(There are built packages for Linux on x86_64 and aarch64, and macOS 15 on Apple silicon.)"
    fingerprint "$asked" >"$venv/ready-$asked"
}

install_printkit() {
    pip_install --no-deps --no-index --no-build-isolation --editable . ||
        stop_with_log "pip could not install printkit into $venv. Try: rm -r $venv, then make again."
    fingerprint pyproject.toml >"$venv/ready-pyproject.toml"
    say "Set up."
}

is_in_place requirements.txt || { make_environment && install_packages requirements.txt; }
case "${1:-}" in
    --dev) also="requirements-dask.txt requirements-dev.txt" ;;
    --dask) also=requirements-dask.txt ;;
    --bench) also="requirements-dask.txt requirements-dev.txt requirements-bench.txt" ;;
    *) also= ;;
esac
for file in $also; do
    is_in_place "$file" || install_packages "$file" requirements.txt
done
is_in_place pyproject.toml || install_printkit

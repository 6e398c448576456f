#!/bin/bash
# Try a command in a clone of this repository on a bare Debian 12, as a newcomer would; say how long it took.
#
#   sudo scripts/try-fresh.sh [--keep] CACHE_FOLDER [COMMAND]
#
# COMMAND is a line of shell, run in the clone; by default: make && make test. What is tried is what is
# committed. CACHE_FOLDER (outside the repository, 300 MB) keeps the bare system, so that the next try
# starts in seconds; delete it to start from the archive's newest. --keep leaves the tried system there.
#
# The bare system has git, make, python3 and ca-certificates, and takes from this machine only where to
# find things: resolv.conf, Debian's package sources, apt's settings for fetching, the CA bundle (through
# PIP_CERT and NODE_EXTRA_CA_CERTS). This machine's pip settings and environment stay outside.
# The clone's folder has a space in its name, since some people's do.
#
# For developers, on Debian or Ubuntu. Needs root, debootstrap, and apt's lists (apt-get update).
# Mounts and processes live in namespaces of their own: however this ends, they end with it.
set -euo pipefail

suite=bookworm
clone="/srv/print kit"

fail() { echo "$*" >&2; exit 2; }

bare_system() {  # $1: the folder to fill
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $suite" "Label: Debian" | head -n 1)
    # Without one, debootstrap goes to Debian's own address.
    debootstrap --variant=minbase "$suite" "$1" ${mirror:+"$mirror"} >"$cache/debootstrap.log" 2>&1 ||
        { tail -n 5 "$cache/debootstrap.log" >&2; fail "debootstrap failed; all it said: $cache/debootstrap.log"; }
}

take_from_here() {  # $1: the system's folder; gives it what says where to find things
    cp --dereference /etc/resolv.conf "$1/etc/resolv.conf"
    cp --dereference /etc/ssl/certs/ca-certificates.crt "$1/etc/this-machines-ca.crt"
    echo "127.0.0.1 localhost" >"$1/etc/hosts"  # every machine knows its own name
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' "Origin: Debian" |
        grep " $suite" | sort -u >"$cache/sources.list" || true
    [ ! -s "$cache/sources.list" ] || cp "$cache/sources.list" "$1/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::(http|https|Check-)' >"$1/etc/apt/apt.conf.d/99fetching" || true
}

inside() {  # $1: the system's folder, $2: a line of shell; nothing of this machine's environment
    unshare --mount --pid --fork --kill-child bash -euc '
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8 \
            PIP_CERT=/etc/this-machines-ca.crt \
            NODE_EXTRA_CA_CERTS=/etc/this-machines-ca.crt ${http_proxy:+http_proxy="$http_proxy"} \
            ${https_proxy:+https_proxy="$https_proxy"} chroot "$1" /bin/bash -euc "$2"
    ' inside "$1" "$2"
}

remove() {  # $1: the system's folder; never across a mount
    [ ! -d "$1" ] || rm -rf --one-file-system "$1"
}

keep=
if [ "${1:-}" = --keep ]; then keep=yes; shift; fi
[ $# -ge 1 ] && [ $# -le 2 ] || fail "usage: $0 [--keep] CACHE_FOLDER [COMMAND]"
[ "$(id -u)" -eq 0 ] || fail "Only root can make a bare system: sudo $0 $*"
command -v debootstrap >/dev/null || fail "debootstrap is missing. Run: apt-get install debootstrap"
repository=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
cache=$(cd "$1" && pwd)
line=${2:-make && make test}
system=$(mktemp -d "$cache/system.XXXXXX")
chmod 755 "$system"
trap '[ -n "$keep" ] && echo "Kept: $system" || remove "$system"' EXIT

if [ ! -f "$cache/$suite.tar" ]; then
    echo "Making a bare Debian ($suite)"
    bare_system "$system"
    take_from_here "$system"
    inside "$system" "apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends git make python3 ca-certificates >/dev/null 2>&1
        apt-get clean && rm -rf /var/lib/apt/lists/*"
    tar -C "$system" --one-file-system -cf "$cache/$suite.tar.part" .
    mv "$cache/$suite.tar.part" "$cache/$suite.tar"
else
    tar -C "$system" -xf "$cache/$suite.tar"
    take_from_here "$system"
fi

git clone --quiet --no-hardlinks "$repository" "$system$clone"
echo "In a fresh clone of $(git -C "$repository" rev-parse --short HEAD): $line"
SECONDS=0
status=0
inside "$system" "cd '$clone'; $line" || status=$?
echo "Status $status after $SECONDS s: $line"
exit "$status"

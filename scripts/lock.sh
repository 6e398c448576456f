#!/bin/sh
# Write requirements.txt and its fellows (-dask, -dev, -bench) anew from pyproject.toml: every package,
# one version, the sums of all its files, for every system at once. For developers; needs uv on the PATH.
#
#   scripts/lock.sh              what the files already pin stays, if pyproject.toml still allows it
#   scripts/lock.sh --upgrade    the newest of everything
#
# The sums must be those of the public registry, so no setting of this machine is listened to.
set -eu
cd "$(dirname "$0")/.."

for setting in $(env | sed -n 's/^\(UV_[A-Z_]*\|PIP_[A-Z_]*\)=.*/\1/p'); do
    unset "$setting"
done

listed() {  # the entries of a list in pyproject.toml, one a line
    python3 -c 'import sys, tomllib
table = tomllib.load(open("pyproject.toml", "rb"))
for key in sys.argv[1:]:
    table = table[key]
print("\n".join(table))' "$@"
}

lock() {  # $1: the file to write; the rest: further options. What is wanted comes on standard input.
    file=$1
    shift
    uv pip compile - --quiet --no-config --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-header --output-file "$file" "$@"
}

{ listed project dependencies; listed build-system requires; } | lock requirements.txt "$@"
listed project optional-dependencies dask |
    lock requirements-dask.txt --constraint requirements.txt "$@"
listed project optional-dependencies dev |
    lock requirements-dev.txt --constraint requirements.txt --constraint requirements-dask.txt "$@"
listed project optional-dependencies bench |
    lock requirements-bench.txt --constraint requirements.txt "$@"

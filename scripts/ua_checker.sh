#!/bin/sh
# Install outloud, a free program that checks PDFs by PDF/UA-1, in an environment of its own. For
# developers and CI; nothing else asks for it, and where it is missing its test is skipped.
#
#   scripts/ua_checker.sh
#
# It is run, and never imported or passed on: one of the libraries that it loads is under the AGPL.
# Every version is pinned in scripts/ua_checker.txt, with its sums.
set -eu
cd "$(dirname "$0")/.."

wanted=$(sha256sum scripts/ua_checker.txt)
if [ "$(cat .ua-checker/installed 2>/dev/null)" = "$wanted" ]; then
    echo "outloud is in place."
    exit 0
fi
rm -rf .ua-checker
"${PYTHON:-python3}" -m venv .ua-checker
.ua-checker/bin/python -m pip install --quiet --disable-pip-version-check \
    --require-hashes --only-binary :all: -r scripts/ua_checker.txt
printf '%s\n' "$wanted" > .ua-checker/installed
echo "outloud is in .ua-checker/bin/."

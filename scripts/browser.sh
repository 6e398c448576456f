#!/bin/sh
# Install what the tests in a browser need: Chromium, its driver, pdf.js, and axe-core, which judges how
# accessible a page is. For developers and CI; nothing else asks for them, and where they are missing
# their tests are skipped.
#
#   scripts/browser.sh
#
# Chromium is the system's own, in whatever version it keeps safe; pdf.js and axe-core are pinned, with
# their sums, and go to .browser/ in this checkout.
set -eu
cd "$(dirname "$0")/.."

PDFJS=6.5.438
AXE=4.14.1
sums='cbabeebf4df66f3fe736f2fa2792d332e019a878b0aa88d5e2be17d439079de4  node_modules/pdfjs-dist/build/pdf.mjs
43710009ea26bfbcb615524946e46e3aaf8ad927514f5e465e8ff6d18044ffe9  node_modules/pdfjs-dist/build/pdf.worker.mjs
3b9c62a10b271b64d7e508adefa3ca1b03ac5887ddceb755293e7a8f6dfc2cac  node_modules/pdfjs-dist/web/pdf_viewer.mjs
d341eac2069f7f3c1f68d1edc297b665fd8a0e2a593e145b85200729823df2a2  node_modules/pdfjs-dist/web/pdf_viewer.css
29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c  node_modules/axe-core/axe.min.js'

have() { command -v "$1" >/dev/null 2>&1; }
stop() { printf '%s\n' "$*" >&2; exit 2; }

is_in_place() {
    [ -d .browser ] && (cd .browser && printf '%s\n' "$sums" | sha256sum --check --status - 2>/dev/null)
}

needed=
have chromium || needed="$needed chromium"
have chromedriver || needed="$needed chromium-driver"
have npm || needed="$needed npm"
if [ -n "$needed" ]; then
    have apt-get || stop "These are missing:$needed. Install them, then run scripts/browser.sh again."
    root=
    [ "$(id -u)" -eq 0 ] || root=sudo
    echo "Installing with apt:$needed"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # a list of names
    $root apt-get install -qq -y --no-install-recommends $needed >/dev/null 2>&1 || {
        $root apt-get update -qq
        $root apt-get install -qq -y --no-install-recommends $needed >/dev/null
    }
fi

if ! is_in_place; then
    echo "Installing pdf.js $PDFJS and axe-core $AXE"
    rm -rf .browser
    mkdir .browser
    npm install --prefix .browser --silent --ignore-scripts --omit=optional --no-save --no-audit \
        --no-fund --no-package-lock "pdfjs-dist@$PDFJS" "axe-core@$AXE" >/dev/null ||
        stop "npm could not fetch them. Behind a proxy, name its certificates in NODE_EXTRA_CA_CERTS."
    is_in_place || stop "What npm installed is not pdf.js $PDFJS and axe-core $AXE as these tests know them."
fi

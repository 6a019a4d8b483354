#!/bin/sh
# Looks for what the tests need beside Go: a Chromium for the browser tests and
# pdftotext and qpdf for those of certificates. As root on Debian it installs them;
# elsewhere it says what to type and fails.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

browser() {
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		if has "$name"; then return 0; fi
	done
	for app in "Google Chrome" Chromium; do
		if [ -x "/Applications/$app.app/Contents/MacOS/$app" ]; then return 0; fi
	done
	return 1
}

missing=
browser || missing=chromium
has pdftotext || missing="$missing poppler-utils"
has qpdf || missing="$missing qpdf"
missing=${missing# }
if [ -z "$missing" ]; then exit 0; fi

if has apt-get && [ "$(id -u)" = 0 ]; then
	apt-get update
	# shellcheck disable=SC2086 # these are several packages
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
	exit 0
fi

echo "The tests need $missing. Type this, then try again:" >&2
if has apt-get; then
	echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing" >&2
elif has brew; then
	echo "  brew install $(echo "$missing" | sed 's/chromium/google-chrome/; s/poppler-utils/poppler/')" >&2
else
	echo "  (your package manager) install $missing" >&2
fi
exit 1

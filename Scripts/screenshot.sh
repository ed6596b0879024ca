#!/usr/bin/env bash
# Takes the picture of the page for the README: the sample logs, in Chromium. Needs make deps.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

swift build --quiet --product cordwood
swift build --quiet --product cordwood-agent
Scripts/venv.sh
mkdir -p docs/images
"$build/venv/bin/python" -B Tests/Browser/screenshot.py docs/images/page.png

#!/usr/bin/env bash
# Builds the programs, optimised.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"
cd "$root"

command -v swift > /dev/null || die "swift is not on the PATH: install Swift 6.3 from swift.org"
for product in cordwood cordwood-agent cordwood-ingestor cordwood-processor cordwood-query; do
  swift build --configuration release --product "$product"
done

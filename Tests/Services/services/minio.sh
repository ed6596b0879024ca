# shellcheck shell=bash disable=SC2154  # state is set by services.sh
# MinIO. MINIO_PORT (default 19000); MINIO_BIN names its executable (default: `minio` on the PATH). MINIO_TLS=1 serves https, with a
# certificate authority of its own. Nothing is downloaded.
#
# It verifies signatures, payload hashes and the clock, and wants Content-MD5 on DeleteObjects. Versions before 2024 ignore
# If-None-Match on a PUT: they answer 200 and overwrite.

port="${MINIO_PORT:-19000}"
region=us-east-1 access_key=cordwood secret_key=cordwood-secret bucket=cordwood-logs
program="${MINIO_BIN:-minio}"
scheme=http
[ "${MINIO_TLS:-0}" != 1 ] || scheme=https
url="$scheme://127.0.0.1:$port"

install() {
  needs curl openssl
  command -v "$program" > /dev/null || { say "error: '$program' is not there: MINIO_BIN names MinIO's executable"; return 1; }
}

start() {
  mkdir -p "$state/data" "$state/certificates/CAs"
  if [ "$scheme" = https ] && [ ! -e "$state/certificates/public.crt" ]; then
    make_certificate "$state"
    cp "$state/server.crt" "$state/certificates/public.crt"
    cp "$state/server.key" "$state/certificates/private.key"
    cp "$state/ca.crt" "$state/certificates/CAs/"
  fi
  # Both pairs of names: those of 2021 and before, and those since.
  MINIO_ACCESS_KEY=$access_key MINIO_SECRET_KEY=$secret_key MINIO_ROOT_USER=$access_key MINIO_ROOT_PASSWORD=$secret_key \
    MINIO_REGION=$region MINIO_UPDATE=off MINIO_BROWSER=off \
    spawn minio "$program" server --quiet --certs-dir "$state/certificates" --address "127.0.0.1:$port" "$state/data"
  wait_for 30 is_ready
}

is_ready() {
  local options=(--silent --insecure --max-time 5 --output /dev/null)
  curl "${options[@]}" --fail "$url/minio/health/live" || return 1
  # The bucket: made, or there already (409).
  curl "${options[@]}" --aws-sigv4 "aws:amz:$region:s3" --user "$access_key:$secret_key" \
    --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --request PUT "$url/$bucket"
}

settings() {
  printf '%s\n' "MINIO_ENDPOINT=$url" "MINIO_REGION=$region" "MINIO_BUCKET=$bucket" "MINIO_ACCESS_KEY=$access_key" \
    "MINIO_SECRET_KEY=$secret_key"
  [ "$scheme" = http ] || echo "MINIO_CA_FILE=$state/ca.crt"
}

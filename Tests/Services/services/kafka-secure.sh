# shellcheck shell=bash disable=SC2154  # state and here are set by services.sh
# One Kafka broker with doors for clients that say who they are, ACLs on: SASL_SSL (PLAIN or SCRAM-SHA-512, user app, password
# app-secret), and mutual TLS (the certificate's name, CN=app). KAFKA_HOME: an unpacked Kafka 4. KAFKA_SECURE_PORT (default 19392)
# is the plain listener, whose user may do everything; SASL_SSL is two above it, mutual TLS three. Both users may do
# everything with topics and groups whose names begin with `allowed-`, and nothing else. The certificates are for localhost and last a month.

# shellcheck source=Tests/Services/kafka.lib.sh
source "$here/kafka.lib.sh"
port="${KAFKA_SECURE_PORT:-19392}"

install() {
  kafka_install
  needs openssl
  [ -s "$state/tls/server.pem" ] && return
  mkdir -p "$state/tls"
  (
    cd "$state/tls"
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=test-ca -keyout ca.key -out ca.crt
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 \
      -extfile <(echo subjectAltName=DNS:localhost,IP:127.0.0.1) -out server.crt
    cat server.key server.crt ca.crt > server.pem
    openssl req -newkey rsa:2048 -nodes -subj /CN=app -keyout client.key -out client.csr
    openssl x509 -req -in client.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out client.crt
  ) 2> "$state/tls/openssl.log" || { cat "$state/tls/openssl.log" >&2; return 1; }
}

start() {
  kafka_start "$port" 1 SASL_SSL
  kafka_java -XX:TieredStopAtLevel=1 org.apache.kafka.tools.AclCommand --bootstrap-server "127.0.0.1:$port" --add --operation All \
    --allow-principal User:app --allow-principal User:CN=app --topic allowed- --group allowed- --resource-pattern-type prefixed \
    > "$state/acls.log" 2>&1 || { cat "$state/acls.log" >&2; return 1; }
}

is_ready() { kafka_answers "$port"; }

settings() {
  echo "KAFKA_SECURE_BROKERS=localhost:$((port + 2))"
  echo "KAFKA_SECURE_TLS_BROKERS=localhost:$((port + 3))"
  echo "KAFKA_SECURE_ADMIN=$(kafka_addresses "$port" 1)"
  echo "KAFKA_SECURE_CA=$state/tls/ca.crt"
  echo "KAFKA_SECURE_CERTIFICATE=$state/tls/client.crt"
  echo "KAFKA_SECURE_KEY=$state/tls/client.key"
}

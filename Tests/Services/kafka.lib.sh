# shellcheck shell=bash disable=SC2154  # state is set by services.sh
# Apache Kafka 4 (KRaft) as services/kafka*.sh start it: every broker is a controller too. KAFKA_HOME names an unpacked Kafka.
#
# One broker by itself: `services.sh kill kafka3/broker-2` ends the second one, `services.sh start kafka3` what does not run.

# kafka_install: what every Kafka needs.
kafka_install() {
  needs openjdk-17-jre-headless
  [ -n "${KAFKA_HOME:-}" ] || die "KAFKA_HOME is not set: name an unpacked Apache Kafka 4 (the folder that has libs/)"
  [ -n "$(find "$KAFKA_HOME/libs" -name 'kafka-clients-4*.jar' 2> /dev/null)" ] \
    || die "there is no Kafka 4 in KAFKA_HOME ($KAFKA_HOME): expected libs/kafka-clients-4*.jar"
}

kafka_java() {
  java -Xms128m -Xmx"${KAFKA_HEAP:-384m}" -XX:+UseSerialGC -Xshare:auto -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "$KAFKA_HOME/libs/*" "$@"
}

# kafka_port FIRST ID: of the broker's listener for clients; the next one is its controller's.
kafka_port() { echo $(($1 + ($2 - 1) * 10)); }

# kafka_configure FIRST COUNT ID [SASL_SSL]: writes the broker's settings and, once, its empty store.
kafka_configure() {
  local first=$1 count=$2 id=$3 secure=${4:-} port voters='' other copies=1 least=1
  port="$(kafka_port "$first" "$id")"
  for other in $(seq "$count"); do
    voters+="${voters:+,}$other@127.0.0.1:$(($(kafka_port "$first" "$other") + 1))"
  done
  [ "$count" -lt 3 ] || { copies=3 least=2; }
  mkdir -p "$state/$id"
  cat > "$state/$id/server.properties" << END
process.roles=broker,controller
node.id=$id
controller.quorum.voters=$voters
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))${secure:+,SASL_SSL://127.0.0.1:$((port + 2)),SSL://127.0.0.1:$((port + 3))}
advertised.listeners=PLAINTEXT://127.0.0.1:$port${secure:+,SASL_SSL://localhost:$((port + 2)),SSL://localhost:$((port + 3))}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL
inter.broker.listener.name=PLAINTEXT
log.dirs=$state/$id/data
auto.create.topics.enable=false
num.partitions=8
default.replication.factor=$copies
min.insync.replicas=$least
offsets.topic.replication.factor=$copies
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$least
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=$copies
share.coordinator.state.topic.min.isr=$least
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
controller.quorum.election.timeout.ms=500
controller.quorum.fetch.timeout.ms=1500
log.retention.check.interval.ms=5000
END
  [ -z "$secure" ] || cat >> "$state/$id/server.properties" << END
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_app="app-secret";
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location=$state/tls/server.pem
ssl.truststore.type=PEM
ssl.truststore.location=$state/tls/ca.crt
listener.name.ssl.ssl.client.auth=required
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
END
  [ -s "$state/$id/data/meta.properties" ] && return
  kafka_java kafka.tools.StorageTool format --cluster-id Y29yZHdvb2QtdGVzdC0x --config "$state/$id/server.properties" \
    > "$state/$id/format.log" 2>&1 || { cat "$state/$id/format.log" >&2; return 1; }
}

# kafka_start FIRST COUNT [SASL_SSL]: starts the brokers that do not run, on what they stored.
kafka_start() {
  local first=$1 count=$2 secure=${3:-} id
  for id in $(seq "$count"); do
    kafka_runs "$id" && continue
    kafka_configure "$first" "$count" "$id" "$secure"
    spawn "broker-$id" java -Xms128m -Xmx"${KAFKA_HEAP:-384m}" -XX:+UseSerialGC -Xshare:auto \
      -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$KAFKA_HOME/libs/*" kafka.Kafka "$state/$id/server.properties"
  done
  for id in $(seq "$count"); do
    wait_for 120 kafka_answers_or_died "$(kafka_port "$first" "$id")" "$id"
    kafka_runs "$id" || { tail -n 5 "$state/broker-$id.log" >&2; return 1; }
  done
}

kafka_runs() { kill -0 "$(cat "$state/broker-$1.pid" 2> /dev/null)" 2> /dev/null; }

kafka_answers_or_died() { ! kafka_runs "$2" || kafka_answers "$1"; }

# kafka_answers PORT: a listening broker may still wait for its controllers; the tool waits for an answer.
kafka_answers() {
  is_taken "$1" || return 1
  kafka_java -XX:TieredStopAtLevel=1 org.apache.kafka.tools.ClusterTool cluster-id --bootstrap-server "127.0.0.1:$1"
}

# kafka_addresses FIRST COUNT
kafka_addresses() {
  local first=$1 count=$2 id list=''
  for id in $(seq "$count"); do list+="${list:+,}127.0.0.1:$(kafka_port "$first" "$id")"; done
  echo "$list"
}

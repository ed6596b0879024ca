/* A broker that speaks Kafka's protocol and forgets: librdkafka's mock cluster in a process of its own.
 *
 *   kafka_mock BROKERS FILE TOPIC:PARTITIONS...
 *
 * Writes the bootstrap servers to FILE (whole or not at all) once they listen, then serves until SIGTERM or SIGINT.
 * Lines on standard input, each answered by "ok" or "error ..." on standard output:
 *   topic NAME PARTITIONS      down BROKER      up BROKER
 *   leader TOPIC PARTITION BROKER               (-1: the partition has no leader)
 *   rtt BROKER MILLISECONDS                     (-1: of all brokers)
 *   fail API ERROR COUNT                        (the next COUNT requests of that kind, numbers of the protocol)
 * A partition keeps 5 MiB or 100,000 records and drops older ones without a word; there are no settings of topics, no
 * DeleteRecords, no SASL, no TLS, and nothing outlives the process. */
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;
static void stop(int signal) { (void)signal; stopped = 1; }

static rd_kafka_resp_err_t obey(rd_kafka_mock_cluster_t *cluster, const char *line) {
  char name[250];
  int a, b, count;
  if (sscanf(line, "topic %249s %d", name, &a) == 2) return rd_kafka_mock_topic_create(cluster, name, a, 1);
  if (sscanf(line, "down %d", &a) == 1) return rd_kafka_mock_broker_set_down(cluster, a);
  if (sscanf(line, "up %d", &a) == 1) return rd_kafka_mock_broker_set_up(cluster, a);
  if (sscanf(line, "leader %249s %d %d", name, &a, &b) == 3)
    return rd_kafka_mock_partition_set_leader(cluster, name, a, b);
  if (sscanf(line, "rtt %d %d", &a, &b) == 2) return rd_kafka_mock_broker_set_rtt(cluster, a, b);
  if (sscanf(line, "fail %d %d %d", &a, &b, &count) == 3) {
    while (count-- > 0) rd_kafka_mock_push_request_errors(cluster, (int16_t)a, 1, (rd_kafka_resp_err_t)b);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
  }
  return RD_KAFKA_RESP_ERR__INVALID_ARG;
}

static int write_address(const char *path, const char *address) {
  char draft[4096];
  snprintf(draft, sizeof draft, "%s.draft", path);
  FILE *file = fopen(draft, "w");
  if (!file) return -1;
  int failed = fprintf(file, "%s\n", address) < 0;
  failed |= fclose(file);
  return failed ? -1 : rename(draft, path);
}

static void serve(rd_kafka_t *client, rd_kafka_mock_cluster_t *cluster) {
  struct pollfd input = {.fd = 0, .events = POLLIN};
  char text[1024];
  size_t length = 0;
  while (!stopped) {
    rd_kafka_poll(client, 0);
    if (poll(&input, 1, 200) <= 0) continue;
    ssize_t count = read(0, text + length, sizeof text - 1 - length);
    if (count <= 0) {
      input.fd = -1; /* nobody will say anything more; serving goes on */
      continue;
    }
    length += (size_t)count;
    text[length] = 0;
    for (char *end; (end = strchr(text, '\n'));) {
      *end = 0;
      rd_kafka_resp_err_t error = obey(cluster, text);
      if (error) printf("error %s\n", rd_kafka_err2str(error)); else printf("ok\n");
      length -= (size_t)(end + 1 - text);
      memmove(text, end + 1, length + 1);
    }
    if (length == sizeof text - 1) length = 0;
  }
}

int main(int count, char **arguments) {
  if (count < 3) return fprintf(stderr, "usage: kafka_mock BROKERS FILE TOPIC:PARTITIONS...\n"), 2;
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  setvbuf(stdout, NULL, _IOLBF, 0);
  char reason[256] = "";
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), reason, sizeof reason);
  rd_kafka_mock_cluster_t *cluster = client ? rd_kafka_mock_cluster_new(client, atoi(arguments[1])) : NULL;
  if (!cluster) return fprintf(stderr, "kafka_mock: %s\n", reason), 1;
  for (int i = 3; i < count; i++) {
    char name[250];
    int partitions = 0;
    if (sscanf(arguments[i], "%249[^:]:%d", name, &partitions) != 2 ||
        rd_kafka_mock_topic_create(cluster, name, partitions, 1))
      return fprintf(stderr, "kafka_mock: no topic '%s'\n", arguments[i]), 1;
  }
  if (write_address(arguments[2], rd_kafka_mock_cluster_bootstraps(cluster))) return perror(arguments[2]), 1;
  serve(client, cluster);
  rd_kafka_mock_cluster_destroy(cluster);
  rd_kafka_destroy(client);
  return 0;
}

#include <librdkafka/rdkafka.h>
#include <stddef.h>
#include <stdint.h>

// Swift does not import functions with variable arguments; the array form, rd_kafka_produceva, would need a union a field.
// Copies the payload; on success the message owns the headers.
static inline rd_kafka_resp_err_t cordwood_kafka_produce(rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition,
                                                         const void *payload, size_t bytes,
                                                         rd_kafka_headers_t *headers, uintptr_t tag) {
  return rd_kafka_producev(client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition),
                           RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_VALUE((void *)payload, bytes),
                           RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE((void *)tag), RD_KAFKA_V_END);
}

static inline uintptr_t cordwood_kafka_tag(const rd_kafka_message_t *message) { return (uintptr_t)message->_private; }

// librdkafka logs to standard error unless it is told otherwise; what matters arrives as error events.
static inline void cordwood_kafka_no_log(const rd_kafka_t *client, int level, const char *facility, const char *text) {
  (void)client, (void)level, (void)facility, (void)text;
}
static inline void cordwood_kafka_silence(rd_kafka_conf_t *configuration) {
  rd_kafka_conf_set_log_cb(configuration, cordwood_kafka_no_log);
}

/// The driven ports that are metered: labels of a metric.
package enum PortName: String, CaseIterable, Sendable {
  case eventLog = "event_log"
  case objectStore = "object_store"
  case chunkIndex = "chunk_index"
  case deadLetterQueue = "dead_letter_queue"
}

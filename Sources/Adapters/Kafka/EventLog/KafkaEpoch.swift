import Domain

/// The epoch of a log on Kafka: a pure function of the cluster's id and the topic's name, FNV-1a of 128 bits over
/// `cordwood-log-epoch`, 0, the id, 0, the name.
///
/// Another cluster is another epoch. A topic that was deleted and made again has the same one: that is told by what lies below
/// the watermark (DESIGN section 4, rule 7), which is not this adapter's to know.
enum KafkaEpoch {
  static func epoch(cluster: String, topic: String) -> LogEpoch {
    let text = Array("cordwood-log-epoch".utf8) + [0] + Array(cluster.utf8) + [0] + Array(topic.utf8)
    var hash = UInt128(0x6c62_272e_07bb_0142) << 64 | UInt128(0x62b8_2175_6295_c58d)
    for byte in text { hash = (hash ^ UInt128(byte)) &* (UInt128(1) << 88 | 0x13b) }
    return LogEpoch(
      Identifier128(high: UInt64(truncatingIfNeeded: hash >> 64), low: UInt64(truncatingIfNeeded: hash)))
  }
}

import Domain

/// What a record says of itself to other programs: names and values of its Kafka headers. Nothing of ours reads them; the
/// record has all of it inside.
enum RecordHeaders {
  /// Changes when a header's meaning does.
  static let version = "1"

  static func headers(of record: EncodedRecord) -> [(name: String, value: [UInt8])] {
    var headers: [(name: String, value: [UInt8])] = [("version", Array(version.utf8))]
    // A record of another kind is carried as it is.
    guard let header = try? BatchHeader(of: record) else { return headers }
    headers.append(("tenant", Array(header.stream.tenant.text.utf8)))
    headers.append(("producer", Array(header.producer.value.description.utf8)))
    headers.append(("sequence", Array(String(header.sequence).utf8)))
    headers.append(
      ("digest", Array(Hexadecimal.text([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: header.digest >> $0) }).utf8)))
    if !header.traceParent.isEmpty { headers.append(("traceparent", Array(header.traceParent.utf8))) }
    return headers
  }
}

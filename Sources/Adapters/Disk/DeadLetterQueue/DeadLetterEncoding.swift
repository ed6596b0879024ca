import Domain

/// A letter as bytes: id, reason, content, time, tenant, flush. `README.md` in the adapter's folder has the layout.
enum DeadLetterEncoding {
  static func encoded(_ letter: DeadLetter) -> [UInt8] {
    var bytes: [UInt8] = []
    append(letter.id, to: &bytes)
    bytes.append(lengthPrefixed: letter.reason.text)
    switch letter.content {
    case .record(let content):
      bytes.append(0)
      bytes.append(lengthPrefixed: content.span)
    case .event(let content):
      bytes.append(1)
      bytes.append(lengthPrefixed: content.span)
    }
    bytes.append(int64: letter.time.nanoseconds)
    bytes.append(letter.tenant == nil ? 0 : 1)
    if let tenant = letter.tenant { bytes.append(lengthPrefixed: tenant.text) }
    bytes.append(letter.flush == nil ? 0 : 1)
    letter.flush?.value.append(to: &bytes)
    return bytes
  }

  static func append(_ id: DeadLetterID, to bytes: inout [UInt8]) {
    switch id {
    case .batch(let key, let sequence, let digest, let index):
      bytes.append(0)
      key.producer.value.append(to: &bytes)
      bytes.append(lengthPrefixed: key.stream.tenant.text)
      bytes.append(lengthPrefixed: key.stream.service.text)
      bytes.append(uint64: sequence)
      bytes.append(uint32: digest)
      bytes.append(index == nil ? 0 : 1)
      if let index { bytes.append(uint32: index) }
    case .bytes(let checksum, let count):
      bytes.append(1)
      bytes.append(uint32: checksum)
      bytes.append(uint64: UInt64(count))
    }
  }

  static func letter(_ bytes: Span<UInt8>) throws(DecodingError) -> DeadLetter {
    var cursor = ByteCursor(end: bytes.count)
    let id = try id(bytes, at: &cursor)
    let text = try cursor.text(bytes)
    guard let reason = DeadLetterReason(text: text) else {
      throw DecodingError(.malformed, at: cursor.offset, "the reason '\(text)' is not known")
    }
    let isEvent = try flag(bytes, at: &cursor)
    let content = [UInt8](bytes.extracting(try cursor.lengthPrefixed(bytes)))
    let time = Timestamp(nanoseconds: try cursor.int64(bytes))
    let tenant = try flag(bytes, at: &cursor) ? try TenantID(bytes, at: &cursor) : nil
    let flush = try flag(bytes, at: &cursor) ? FlushID(try Identifier128(bytes, at: &cursor)) : nil
    return DeadLetter(
      id: id, reason: reason, content: isEvent ? .event(content) : .record(content), time: time, tenant: tenant,
      flush: flush)
  }

  static func id(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) -> DeadLetterID {
    if try flag(bytes, at: &cursor) {
      let checksum = try cursor.uint32(bytes)
      return .bytes(checksum: checksum, count: Int(truncatingIfNeeded: try cursor.uint64(bytes)))
    }
    let producer = ProducerID(try Identifier128(bytes, at: &cursor))
    let tenant = try TenantID(bytes, at: &cursor)
    let key = WindowKey(
      producer: producer, stream: StreamID(tenant: tenant, service: try ServiceName(bytes, at: &cursor)))
    let sequence = try cursor.uint64(bytes)
    let digest = try cursor.uint32(bytes)
    let index = try flag(bytes, at: &cursor) ? try cursor.uint32(bytes) : nil
    return .batch(key, sequence: sequence, digest: digest, index: index)
  }

  private static func flag(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) -> Bool {
    let offset = cursor.offset
    switch try cursor.uint8(bytes) {
    case 0: return false
    case 1: return true
    case let byte: throw DecodingError(.malformed, at: offset, "\(byte) where 0 or 1 should be")
    }
  }
}

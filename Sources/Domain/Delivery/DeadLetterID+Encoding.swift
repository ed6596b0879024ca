extension DeadLetterID {
  /// A byte for the kind, then the parts: 0 a batch, 1 an event of a batch, 2 bytes.
  package func append(to bytes: inout [UInt8]) {
    switch self {
    case .batch(let key, let sequence, let digest, let index):
      bytes.append(index == nil ? 0 : 1)
      key.append(to: &bytes)
      bytes.append(uint64: sequence)
      bytes.append(uint32: digest)
      if let index { bytes.append(uint32: index) }
    case .bytes(let checksum, let count):
      bytes.append(2)
      bytes.append(uint32: checksum)
      bytes.append(varint: UInt64(count))
    }
  }

  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    let offset = cursor.offset
    switch try cursor.uint8(bytes) {
    case let kind where kind <= 1:
      let key = try WindowKey(bytes, at: &cursor)
      let sequence = try cursor.uint64(bytes)
      let digest = try cursor.uint32(bytes)
      self = .batch(key, sequence: sequence, digest: digest, index: kind == 1 ? try cursor.uint32(bytes) : nil)
    case 2:
      self = .bytes(checksum: try cursor.uint32(bytes), count: Int(clamping: try cursor.varint(bytes)))
    case let kind:
      throw DecodingError(.malformed, at: offset, "a dead letter's id of kind \(kind), expected 0 to 2")
    }
  }
}

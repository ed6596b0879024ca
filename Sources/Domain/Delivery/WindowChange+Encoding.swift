extension WindowChange {
  package func append(to bytes: inout [UInt8]) {
    key.append(to: &bytes)
    bytes.append(startsAnew ? 1 : 0)
    bytes.append(int64: lastAppend.nanoseconds)
    bytes.append(varint: UInt64(added.count))
    var previous: UInt64 = 0
    for entry in added {
      bytes.append(zigzag: Int64(bitPattern: entry.sequence &- previous))
      bytes.append(uint32: entry.digest)
      previous = entry.sequence
    }
  }

  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    key = try WindowKey(bytes, at: &cursor)
    startsAnew = try cursor.uint8(bytes) != 0
    lastAppend = Timestamp(nanoseconds: try cursor.int64(bytes))
    var added: [Entry] = []
    var sequence: UInt64 = 0
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 5)) {
      sequence &+= UInt64(bitPattern: try cursor.zigzag(bytes))
      added.append(Entry(sequence: sequence, digest: try cursor.uint32(bytes)))
    }
    self.added = added
  }
}

extension WindowKey {
  package func append(to bytes: inout [UInt8]) {
    producer.value.append(to: &bytes)
    bytes.append(lengthPrefixed: stream.tenant.text)
    bytes.append(lengthPrefixed: stream.service.text)
  }

  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    producer = ProducerID(try Identifier128(bytes, at: &cursor))
    stream = StreamID(tenant: try TenantID(bytes, at: &cursor), service: try ServiceName(bytes, at: &cursor))
  }
}

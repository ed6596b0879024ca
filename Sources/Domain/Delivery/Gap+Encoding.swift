/// epoch (16) · from, end (varints) · times on both sides (8 each, ns)
extension Gap {
  package func append(to bytes: inout [UInt8]) {
    epoch.value.append(to: &bytes)
    bytes.append(varint: from)
    bytes.append(varint: end)
    bytes.append(int64: times.lowerBound.nanoseconds)
    bytes.append(int64: times.upperBound.nanoseconds)
  }

  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    let epoch = LogEpoch(try Identifier128(bytes, at: &cursor))
    let (from, end) = (try cursor.varint(bytes), try cursor.varint(bytes))
    let before = Timestamp(nanoseconds: try cursor.int64(bytes))
    let after = Timestamp(nanoseconds: try cursor.int64(bytes))
    guard from <= end, before <= after else {
      throw DecodingError(.malformed, at: cursor.offset, "a gap ends before it begins")
    }
    self.init(epoch: epoch, from: from, end: end, times: before...after)
  }
}

/// The content of a snapshot (`FORMAT.md`), before it is cut into blocks and compressed.
extension PartitionSnapshot {
  /// Deterministic: equal snapshots have the same bytes. About 40 bytes for each chunk.
  package var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1_024 + objects.count * 300)
    bytes.append(varint: UInt64(partition.number))
    generation.value.append(to: &bytes)
    bytes.append(varint: commits)
    bytes.append(optional: epoch?.value)
    bytes.append(varint: watermark)
    bytes.append(optional: head?.value)
    bytes.append(varint: UInt64(gaps.count))
    for gap in gaps { gap.append(to: &bytes) }
    bytes.append(varint: UInt64(windows.count))
    for key in windows.keys.sorted() {
      let window = windows[key]?.encoded ?? []
      key.append(to: &bytes)
      bytes.append(lengthPrefixed: window.span)
    }
    var streams = SnapshotStreams()
    for object in objects {
      for chunk in object.chunks { streams.add(chunk.stream) }
    }
    streams.append(to: &bytes)
    bytes.append(varint: UInt64(objects.count))
    for object in objects { object.append(to: &bytes, streams) }
    bytes.append(varint: UInt64(letters.count))
    for letters in letters {
      letters.flush.value.append(to: &bytes)
      bytes.append(varint: UInt64(letters.ids.count))
      for id in letters.ids { id.append(to: &bytes) }
    }
    return bytes
  }

  /// - Throws: If the bytes are not such a form.
  package init(encoded bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    partition = PartitionID(Int(clamping: try cursor.varint(bytes)))
    generation = Generation(try Identifier128(bytes, at: &cursor))
    commits = try cursor.varint(bytes)
    epoch = try Identifier128.optional(bytes, at: &cursor).map { LogEpoch($0) }
    watermark = try cursor.varint(bytes)
    head = try Identifier128.optional(bytes, at: &cursor).map { FlushID($0) }
    var gaps: [Gap] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 34)) { gaps.append(try Gap(bytes, at: &cursor)) }
    self.gaps = gaps
    var windows: [WindowKey: SequenceWindow] = [:]
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 28)) {
      let key = try WindowKey(bytes, at: &cursor)
      windows[key] = try SequenceWindow(encoded: bytes.extracting(try cursor.lengthPrefixed(bytes)))
    }
    self.windows = windows
    let streams = try SnapshotStreams(bytes, at: &cursor)
    var objects: [ObjectDescriptor] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 23)) {
      objects.append(try ObjectDescriptor(bytes, at: &cursor, streams))
    }
    self.objects = objects
    var letters: [Letters] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 17)) {
      let flush = FlushID(try Identifier128(bytes, at: &cursor))
      var ids: [DeadLetterID] = []
      for _ in 0..<(try cursor.count(bytes, ofAtLeast: 6)) { ids.append(try DeadLetterID(bytes, at: &cursor)) }
      letters.append(Letters(flush: flush, ids: ids))
    }
    self.letters = letters
    guard cursor.remaining == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "\(cursor.remaining) bytes follow a snapshot")
    }
  }
}

extension [UInt8] {
  /// 1 and the value, or 0.
  fileprivate mutating func append(optional value: Identifier128?) {
    append(value == nil ? 0 : 1)
    value?.append(to: &self)
  }
}

extension Identifier128 {
  fileprivate static func optional(
    _ bytes: Span<UInt8>, at cursor: inout ByteCursor
  ) throws(DecodingError) -> Identifier128? {
    try cursor.uint8(bytes) == 0 ? nil : try Identifier128(bytes, at: &cursor)
  }
}

/// The streams that a snapshot's chunks belong to, each written once and named by its place.
struct SnapshotStreams {
  private(set) var streams: [StreamID] = []
  private var places: [StreamID: Int] = [:]

  init() {}

  mutating func add(_ stream: StreamID) {
    guard places[stream] == nil else { return }
    places[stream] = streams.count
    streams.append(stream)
  }

  func place(of stream: StreamID) -> Int {
    guard let place = places[stream] else { preconditionFailure("a snapshot has a chunk of a stream it does not list") }
    return place
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(varint: UInt64(streams.count))
    for stream in streams {
      bytes.append(lengthPrefixed: stream.tenant.text)
      bytes.append(lengthPrefixed: stream.service.text)
    }
  }

  init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 4)) {
      streams.append(
        StreamID(tenant: try TenantID(bytes, at: &cursor), service: try ServiceName(bytes, at: &cursor)))
    }
  }

  func stream(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) -> StreamID {
    let offset = cursor.offset
    let place = try cursor.varint(bytes)
    guard place < UInt64(streams.count) else {
      throw DecodingError(.malformed, at: offset, "a chunk of stream \(place), of \(streams.count)")
    }
    return streams[Int(place)]
  }
}

import Application
import Domain

/// Where a look-up begins: the answer of `RedisScript.readView`.
struct PartitionView: Sendable {
  struct Found: Sendable {
    let view: PartitionView
    let chunks: [IndexedChunks.Chunk]
  }

  struct Stream: Sendable {
    let number: Int
    let id: StreamID
  }

  /// The entries of some streams in one slice.
  struct Question: Sendable {
    let slice: TimeSlice
    let streams: ArraySlice<Stream>

    /// Appends those entries that are wanted.
    func append(
      _ reply: RedisReply, to entries: inout [ChunkEntry], where isWanted: (ChunkEntry) -> Bool
    ) throws(ChunkIndexError) {
      do throws(RedisError) {
        for (stream, element) in zip(streams, try reply.elements(of: "a slice")) {
          guard let bytes = try element.optionalBytes(of: "a slice") else { continue }
          try ChunkEntry.decode(bytes, of: stream.id, in: slice) { if isWanted($0) { entries.append($0) } }
        }
      } catch { throw ChunkIndexError(error) }
    }
  }

  let watermark: UInt64
  let epoch: LogEpoch?
  /// Objects that were ever committed: those of later commits have higher numbers.
  let objectCount: UInt32
  let gaps: [Gap]
  private(set) var streams: [Stream] = []
  private(set) var slices: [TimeSlice] = []

  /// Nil if the partition is not there.
  init?(_ reply: RedisReply, of tenant: TenantID) throws(ChunkIndexError) {
    if reply == .none { return nil }
    do throws(RedisError) {
      let words = try reply.elements(of: "a look-up")
      guard words.count == 6 else { throw .unexpected(reply, to: "a look-up") }
      watermark = try words[0].number(of: "a watermark")
      epoch = try words[1].identifier().map { LogEpoch($0) }
      objectCount = UInt32(clamping: try words[2].number(of: "a count of objects"))
      gaps = try words[3].gaps()
      for (service, number) in try words[4].pairs(of: "streams") {
        streams.append(
          Stream(
            number: Int(clamping: try number.number(of: "a stream")),
            id: StreamID(tenant: tenant, service: try service.service())))
      }
      for level in try words[5].elements(of: "slices") { slices += try level.timeSlices() }
    } catch { throw ChunkIndexError(error) }
  }

  func questions(streamsAtOnce: Int) -> [Question] {
    slices.flatMap { slice in streams.chunked(by: streamsAtOnce).map { Question(slice: slice, streams: $0) } }
  }
}

extension RedisReply {
  /// The name of a service.
  func service() throws(RedisError) -> ServiceName {
    let text = String(decoding: try bytes(of: "a service"), as: UTF8.self)
    do throws(NameError) { return try ServiceName(text) } catch { throw .corrupt("service: \(error)") }
  }

  /// Names of slices.
  func timeSlices() throws(RedisError) -> [TimeSlice] {
    var slices: [TimeSlice] = []
    for name in try elements(of: "slices") {
      guard let slice = TimeSlice(name: try name.bytes(of: "a slice")) else { throw .corrupt("no slice is called so") }
      slices.append(slice)
    }
    return slices
  }
}

extension ChunkEntry {
  /// Shows `body` every entry of a stream in a slice.
  static func decode(
    _ bytes: [UInt8], of stream: StreamID, in slice: TimeSlice, _ body: (ChunkEntry) -> Void
  ) throws(RedisError) {
    let span = bytes.span
    var cursor = ByteCursor(end: span.count)
    do throws(DecodingError) {
      while cursor.remaining > 0 { body(try ChunkEntry(span, at: &cursor, of: stream, in: slice)) }
    } catch { throw .corrupt("chunks of a stream: \(error)") }
  }
}

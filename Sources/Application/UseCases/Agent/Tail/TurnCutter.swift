import Domain

/// Cuts what was read of a file into entries: the events of each, by stream.
struct TurnCutter: Sendable {
  /// What was cut of a piece.
  struct Cut: Sendable {
    var entries: [CutEntry] = []
    /// Where the first byte lies that is not in an entry.
    var end: Int
    var events = 0
    var oversizedEvents = 0
  }

  private struct OpenBatch {
    /// Its name as bytes.
    let service: [UInt8]
    var events = EventColumns()
    /// As `events.count` says; beside it, since asking the columns of an element of an array copies them, with a reference
    /// counted for each, and this is asked once an event.
    var count = 0
    var bytes = 0
  }

  /// Files of so many services are read without making a reader again.
  private static let keptReaders = 64

  var limits: CutLimits
  private let options: TailOptions
  private var readers: [ServiceName: EventReader] = [:]
  private var open: [OpenBatch] = []

  init(_ options: TailOptions, limits: CutLimits) {
    self.options = options
    self.limits = limits
  }

  /// - Parameters:
  ///   - bytes: A piece of the file that begins at `base`, at least `FileFingerprint.maximumBytes` before `start` or with the
  ///     file itself.
  ///   - start: Where in `bytes` to begin.
  ///   - isEnd: Whether what is incomplete is to be given out as it is.
  ///   - origin: What all of its events have in common; always a file's, or always a stream's.
  ///   - memory: What is known of the file's lines; changed as they are read.
  mutating func cut(
    _ bytes: Span<UInt8>, from start: Int, base: UInt64, isEnd: Bool, origin: FileOrigin,
    memory: inout LineMemory, now: Timestamp
  ) -> Cut {
    let service = origin.service
    var reader = readers[service] ?? newReader(of: origin)
    reader.memory = memory
    let resource = origin.resource
    var extra: [UInt8] = []
    var cut = Cut(end: start)
    var position = start
    reading: while position < bytes.count {
      switch reader.next(in: bytes, from: position, isEnd: isEnd, now: now) {
      case .incomplete: break reading
      case .blank(let range): position = range.upperBound
      case .event(let range):
        extra.removeAll(keepingCapacity: true)
        let offset = Int64(clamping: base + UInt64(range.lowerBound))
        AttributeEncoding.append(key: Self.offsetKey.span, int: offset, to: &extra)
        add(range, of: bytes, base, extra.span, &reader, resource, &cut)
        position = range.upperBound
        if isFull { close(at: position, bytes, base, &cut) }
      }
    }
    if position > cut.end { close(at: position, bytes, base, &cut) }
    if readers.count >= Self.keptReaders { readers.removeAll(keepingCapacity: true) }
    memory = reader.memory
    readers[service] = reader
    return cut
  }

  private func newReader(of origin: FileOrigin) -> EventReader {
    var lines = options.lines
    lines.reservedKeys = origin.addedKeys
    return EventReader(lines, defaultService: origin.service)
  }

  private static let offsetKey = Array("offset".utf8)

  // By index, here and in `openBatch`, for the same reason.
  private var isFull: Bool {
    var bytes = 0
    for index in open.indices {
      if open[index].count >= limits.streamEvents { return true }
      bytes += open[index].bytes
    }
    return bytes >= limits.bytes
  }

  private mutating func add(
    _ range: Range<Int>, of bytes: Span<UInt8>, _ base: UInt64, _ extra: Span<UInt8>, _ reader: inout EventReader,
    _ resource: [UInt8],
    _ cut: inout Cut
  ) {
    let size = reader.maximumEncodedBytes + extra.count
    guard size <= limits.singleEventBytes - resource.count else {
      cut.oversizedEvents += 1
      return
    }
    var index = openBatch(reader.service, resource)
    if open[index].count > 0, open[index].bytes + size > limits.streamBytes {
      close(at: range.lowerBound, bytes, base, &cut)
      index = openBatch(reader.service, resource)
    }
    let row = UInt32(open[index].count)
    reader.append(bytes, to: &open[index].events, index: row, attributes: extra)
    let count = reader.eventCount
    open[index].count += count
    open[index].bytes += size
    cut.events += count
  }

  private mutating func openBatch(_ service: [UInt8], _ resource: [UInt8]) -> Int {
    for index in open.indices where open[index].service == service { return index }
    open.append(OpenBatch(service: service, bytes: resource.count))
    open[open.count - 1].events.resource = resource
    return open.count - 1
  }

  /// Ends an entry; one without events where there were only blank lines.
  private mutating func close(at end: Int, _ bytes: Span<UInt8>, _ base: UInt64, _ cut: inout Cut) {
    let checkpoint = SourceCheckpoint(
      offset: base + UInt64(end), checksum: FileFingerprint.anchor(before: end, in: bytes))
    let batches = open.filter { $0.count > 0 }.map { batch in
      CutBatch(service: Self.name(batch.service), events: batch.events)
    }
    cut.entries.append(CutEntry(end: checkpoint, batches: batches))
    cut.end = end
    open.removeAll(keepingCapacity: true)
  }

  /// - Parameter bytes: As the reader gives them: of a valid name.
  private static func name(_ bytes: [UInt8]) -> ServiceName {
    do throws(NameError) { return try ServiceName(String(repairing: bytes.span)) } catch {
      return FileServiceName.unknown
    }
  }
}

package import Domain

/// Cuts the bytes of a source into entries of the journal: the events of each, by stream.
///
/// Deterministic: the same bytes give the same entries, however they arrive. Feed a piece, take entries until there is none,
/// feed the next one; after the last, `finish` and take the rest.
package struct BatchCutter: Sendable {
  private struct OpenBatch {
    let service: ServiceName
    var events = EventColumns()
    var bytes = 0
  }

  private let limits: CutLimits
  private let skipsBadLines: Bool
  private var splitter = LineSplitter()
  private var scanner: JSONLineScanner
  private var isFinished = false

  private var open: [OpenBatch] = []
  private var indexes: [[UInt8]: Int] = [:]
  private var openEvents = 0
  private var openBytes = 0

  /// Lines read so far, those before the start included.
  private var lines: Int
  /// Bytes of the source up to `checked` in the splitter's buffer, and their checksum.
  private var offset: UInt64
  private var checksum: CRC32C
  private var checked = 0
  package private(set) var skippedLines = 0

  /// - Parameters:
  ///   - start: Where the source is gone on with: what was skipped of it.
  ///   - skipsBadLines: Count them rather than stop at the first one.
  package init(
    _ scanner: JSONLineScanner, limits: CutLimits = CutLimits(), skipsBadLines: Bool = false,
    start: SkippedContent = SkippedContent()
  ) {
    self.scanner = scanner
    self.limits = limits
    self.skipsBadLines = skipsBadLines
    offset = start.bytes
    checksum = start.checksum
    lines = start.lines
  }

  package mutating func feed(_ piece: consuming [UInt8]) {
    check(upTo: splitter.lineEnd)
    checked = 0
    splitter.feed(piece)
  }

  /// No more will be fed.
  package mutating func finish() { isFinished = true }

  /// The next entry that is full, or the last one; nil until more is fed.
  ///
  /// - Throws: The first bad line, unless they are skipped. What was cut before has been returned; events of the entry that
  ///   the line is in are not, so that a small source with a mistake in it leaves nothing behind. The cutter is then spent.
  package mutating func next() throws(BadLine) -> CutEntry? {
    while let line = nextLine() {
      lines += 1
      let closed: CutEntry?
      do throws(BadLine) { closed = try add(line) } catch {
        guard skipsBadLines else { throw error }
        skippedLines += 1
        continue
      }
      if let closed { return closed }
      if isFull { return close(at: splitter.lineEnd) }
    }
    return isFinished && !open.isEmpty ? close(at: splitter.lineEnd) : nil
  }

  private mutating func nextLine() -> (range: LineSplitter.Line, start: Int)? {
    let start = splitter.lineEnd
    if let line = splitter.next() { return (line, start) }
    return isFinished ? splitter.last().map { ($0, start) } : nil
  }

  private var isFull: Bool {
    openEvents >= limits.events || openBytes >= limits.bytes || lastAdded >= limits.streamEvents
  }

  /// Events of the stream that the last event was added to.
  private var lastAdded = 0

  /// Adds a line to the open entry; to the next one, with the open one returned, if its stream has no room for it.
  private mutating func add(_ line: (range: LineSplitter.Line, start: Int)) throws(BadLine) -> CutEntry? {
    guard case .bytes(let range) = line.range else { throw BadLine(line: lines, .tooLong) }
    if isBlank(range) { return nil }
    let buffer = splitter.buffer
    do throws(JSONLineError) { try scanner.scan(buffer.span.extracting(range)) } catch {
      throw BadLine(line: lines, .unreadable(error))
    }
    let bytes = scanner.maximumEncodedBytes
    guard bytes <= limits.singleEventBytes else {
      throw BadLine(line: lines, .tooLarge(bytes: bytes, limit: limits.singleEventBytes))
    }
    var closed: CutEntry?
    var index = try openBatch(scanner.service)
    if !open[index].events.isEmpty, open[index].bytes + bytes > limits.streamBytes {
      closed = close(at: line.start)
      index = try openBatch(scanner.service)
    }
    let position = UInt32(open[index].events.count)
    scanner.append(buffer.span.extracting(range), to: &open[index].events, index: position)
    open[index].bytes += bytes
    openBytes += bytes
    openEvents += 1
    lastAdded = open[index].events.count
    return closed
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    splitter.buffer[range].allSatisfy {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
    }
  }

  private mutating func openBatch(_ service: [UInt8]) throws(BadLine) -> Int {
    if let index = indexes[service] { return index }
    do throws(NameError) {
      open.append(OpenBatch(service: try ServiceName(String(repairing: service.span))))
    } catch {
      throw BadLine(line: lines, .badService(error))
    }
    indexes[service] = open.count - 1
    return open.count - 1
  }

  /// Ends the open entry with the line that ends at `end` of the splitter's buffer.
  private mutating func close(at end: Int) -> CutEntry {
    check(upTo: end)
    defer {
      open.removeAll(keepingCapacity: true)
      indexes.removeAll(keepingCapacity: true)
      openEvents = 0
      openBytes = 0
      lastAdded = 0
    }
    return CutEntry(
      end: SourceCheckpoint(offset: offset, checksum: checksum.value),
      batches: open.map { CutBatch(service: $0.service, events: $0.events) })
  }

  private mutating func check(upTo end: Int) {
    let buffer = splitter.buffer
    checksum.update(buffer.span.extracting(checked..<end))
    offset += UInt64(end - checked)
    checked = end
  }
}

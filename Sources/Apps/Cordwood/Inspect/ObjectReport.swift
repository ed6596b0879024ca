import Composition
import Domain

/// What `cordwood inspect` prints.
struct ObjectReport {
  private(set) var text: String
  private(set) var isWhole = true

  /// - Throws: If not even the footer can be read.
  init(_ bytes: [UInt8], codecs: BlockCodecs, events: Int) throws(DecodingError) {
    let footer = try ObjectFormat.footer(of: bytes)
    let record = footer.record
    text = """
      object      \(bytes.count) bytes, format \(ObjectFormat.version), codec \(footer.codec)
      flush       \(record.flush)
      parent      \(record.parent.map(\.description) ?? "none: the partition's first")
      partition   \(record.partition), epoch \(record.epoch), offsets \(record.range.lowerBound) to \(record.range.upperBound)
      appended    until \(RFC3339.text(record.newestAppend))
      parts       \(record.partCount)\(record.parts.map { "\n            \($0)" }.joined())
      windows     \(record.windows.count) changed, \(record.windows.reduce(0) { $0 + $1.added.count }) sequences
      letters     \(record.deadLetters.count)
      chunks      \(footer.chunks.count)
      """
    for chunk in footer.chunks { add(chunk, bytes, footer.codec, codecs, events) }
  }

  private mutating func add(
    _ chunk: ChunkDescriptor, _ bytes: [UInt8], _ codec: String, _ codecs: BlockCodecs, _ events: Int
  ) {
    text += """


      \(PrintableText.make(chunk.stream.description, newline: " "))
        bucket    \(RFC3339.text(chunk.bucket.start))
        events    \(chunk.eventCount), \(RFC3339.text(chunk.timeSpan.lowerBound)) to \(RFC3339.text(chunk.timeSpan.upperBound))
        bytes     \(chunk.byteRange.count), directory \(chunk.directoryRange.count)
      """
    do throws(DecodingError) {
      guard chunk.byteRange.upperBound <= bytes.count else {
        throw DecodingError(.truncated, at: bytes.count, "the object ends before the chunk does")
      }
      let directory = try ChunkDirectory(bytes.span.extracting(chunk.directoryRange))
      addColumns(directory)
      let codec = try codecs.codec(named: codec)
      var shown = 0
      for group in directory.groups {
        let start = chunk.byteRange.lowerBound
        let range = (start + group.byteRange.lowerBound)..<(start + group.byteRange.upperBound)
        guard range.upperBound <= chunk.directoryRange.lowerBound else {
          throw DecodingError(.malformed, at: range.lowerBound, "a row group lies outside its chunk")
        }
        let rows = try RowGroupReader(
          group, of: directory, service: chunk.stream.service, bytes: [UInt8](bytes.span.extracting(range)),
          codec: codec)
        for row in 0..<rows.rowCount where shown < events {
          add(try rows.event(at: row))
          shown += 1
        }
      }
    } catch {
      isWhole = false
      text += "\n  DAMAGED   \(error)"
    }
  }

  private mutating func addColumns(_ directory: ChunkDirectory) {
    text += "\n  groups    \(directory.groups.count)"
    for kind in RowGroupBlock.Kind.allCases {
      let raw = directory.groups.reduce(0) { $0 + $1.blocks[kind.rawValue].rawBytes }
      let stored = directory.groups.reduce(0) { $0 + $1.blocks[kind.rawValue].storedBytes }
      let ratio = stored == 0 ? "" : ", \((Double(raw) / Double(stored) * 10).rounded() / 10) to 1"
      let name = "\(kind)".padded(to: 15)
      text += "\n    \(name) \(raw) bytes in \(stored)\(ratio)"
    }
  }

  private mutating func add(_ event: Event) {
    let level = event.levelText ?? "-"
    let message = PrintableText.make(String(decoding: event.message, as: UTF8.self), newline: " ")
    text += "\n    \(RFC3339.text(event.key.timestamp)) \(PrintableText.make(level, newline: " ")) \(message)"
  }
}

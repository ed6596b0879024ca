import Application
import Domain
import Testing

@Suite("Batch cutter")
struct BatchCutterTests {
  private struct Entry: Equatable {
    let end: SourceCheckpoint
    let services: [String]
    let times: [[Int64]]
    let messages: [[UInt8]]

    init(_ entry: CutEntry) {
      end = entry.end
      services = entry.batches.map(\.service.text)
      times = entry.batches.map(\.events.timestamps)
      messages = entry.batches.map(\.events.messages)
    }

    var events: Int { times.reduce(0) { $0 + $1.count } }
  }

  private static func cut(
    _ pieces: [[UInt8]], limits: CutLimits = CutLimits(), skips: Bool = false, start: SkippedContent = SkippedContent()
  ) throws -> [Entry] {
    var cutter = BatchCutter(JSONLineScanner(), limits: limits, skipsBadLines: skips, start: start)
    var entries: [Entry] = []
    for piece in pieces {
      cutter.feed(piece)
      while let entry = try cutter.next() { entries.append(Entry(entry)) }
    }
    cutter.finish()
    while let entry = try cutter.next() { entries.append(Entry(entry)) }
    return entries
  }

  private static func randomLimits(_ random: inout SeededGenerator) -> CutLimits {
    var limits = CutLimits()
    limits.streamEvents = Int.random(in: 1...40, using: &random)
    limits.streamBytes = Int.random(in: 200...4_000, using: &random)
    limits.events = Int.random(in: 1...100, using: &random)
    limits.bytes = Int.random(in: 500...10_000, using: &random)
    return limits
  }

  private static func pieces(_ content: [UInt8], _ random: inout SeededGenerator) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = content[...]
    while !rest.isEmpty {
      let count = min(rest.count, Int.random(in: 1...700, using: &random))
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  @Test("cuts the same entries however the bytes arrive, and from each checkpoint on", arguments: 0..<40)
  func deterministic(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let limits = Self.randomLimits(&random)
    var content = ImportBench.content(lines: Int.random(in: 0...300, using: &random), seed: seed).bytes
    for _ in 0..<3 where !content.isEmpty {
      let offset = Int.random(in: 0..<content.count, using: &random)
      content.insert(contentsOf: "\n bad\r\n\n".utf8, at: offset)
    }
    if Bool.random(using: &random), !content.isEmpty { content.removeLast() }
    let whole = try Self.cut([content], limits: limits, skips: true)
    #expect(try Self.cut(Self.pieces(content, &random), limits: limits, skips: true) == whole, "seed \(seed)")
    guard let entry = whole.randomElement(using: &random) else { return }
    var skipped = SkippedContent()
    skipped.pass(content.span.extracting(..<Int(entry.end.offset)))
    #expect(skipped.checkpoint == entry.end, "seed \(seed)")
    let rest = try Self.cut([Array(content[Int(entry.end.offset)...])], limits: limits, skips: true, start: skipped)
    #expect(rest == Array(whole.drop { $0.end.offset <= entry.end.offset }), "seed \(seed)")
  }

  @Test("keeps every limit, and every event", arguments: 0..<20)
  func limits(seed: UInt64) throws {
    var random = SeededGenerator(seed: 500 + seed)
    let limits = Self.randomLimits(&random)
    let (content, messages) = ImportBench.content(lines: 400, seed: seed)
    let entries = try Self.cut([content], limits: limits)
    #expect(entries.reduce(0) { $0 + $1.events } == 400)
    for entry in entries {
      #expect(entry.events <= limits.events)
      for times in entry.times { #expect(times.count <= limits.streamEvents && !times.isEmpty) }
      for (times, bytes) in zip(entry.times, entry.messages) {
        #expect(times.count == 1 || bytes.count < limits.streamBytes)
      }
    }
    for (service, expected) in messages {
      let found = entries.flatMap { entry in
        zip(entry.services, entry.messages).filter { $0.0 == service }.map { String(decoding: $0.1, as: UTF8.self) }
      }
      #expect(found.joined() == expected.joined())
    }
  }

  @Test("ends each entry with a line, and numbers lines from the start of the source")
  func lineNumbers() throws {
    let (content, _) = ImportBench.content(lines: 30, seed: 3)
    var skipped = SkippedContent()
    skipped.pass(content.span)
    do {
      _ = try Self.cut([Array("\r\n[]\n".utf8)], start: skipped)
      Issue.record("a bad line was taken")
    } catch let error as BadLine {
      #expect(error.line == 32)
    }
  }

  @Test("refuses an event that is larger than any batch, and a line longer than any event")
  func tooLarge() throws {
    var limits = CutLimits()
    limits.singleEventBytes = 10_000
    let large = Array(#"{"ts":1,"service":"s","msg":"\#(String(repeating: "x", count: 10_000))"}"#.utf8)
    #expect(throws: BadLine.self) { try Self.cut([large], limits: limits) }
    let long = [UInt8](repeating: UInt8(ascii: " "), count: LineSplitter.maximumLineBytes + 1)
    #expect(throws: BadLine(line: 1, .tooLong)) { try Self.cut([long, long, long]) }
  }
}

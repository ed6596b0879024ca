import Application
import Testing

/// What every stream of lines promises.
///
/// Left open on purpose: how large pieces are; what a line looks like; whether there is an end; what a stream that breaks
/// throws.
package enum LogStreamPromise: String, CaseIterable, Sendable {
  case givesLinesInOrder
  case endsPiecesOnLineEnds
  case waitsForMore
  case resumesBehindEachCursor
  case stopsWaitingWhenCancelled
  case endsWhenClosed
  case hasAName

  /// - Parameter stage: A fresh one.
  package func check(on stage: some LogStreamStage) async throws {
    switch self {
    case .givesLinesInOrder: try await givesLinesInOrder(stage)
    case .endsPiecesOnLineEnds: try await endsPiecesOnLineEnds(stage)
    case .waitsForMore: try await waitsForMore(stage)
    case .resumesBehindEachCursor: try await resumesBehindEachCursor(stage)
    case .stopsWaitingWhenCancelled: try await stopsWaitingWhenCancelled(stage)
    case .endsWhenClosed: try await endsWhenClosed(stage)
    case .hasAName:
      let stream = try await stage.stream(after: nil)
      #expect(!stream.name.isEmpty)
      await stream.close()
    }
  }

  private func givesLinesInOrder(_ stage: some LogStreamStage) async throws {
    let messages = Self.messages(1_000)
    try await stage.write(messages)
    let stream = try await stage.stream(after: nil)
    let found = try await Self.read(messages.count, stream, stage)
    #expect(found == messages)
    await stream.close()
  }

  private func endsPiecesOnLineEnds(_ stage: some LogStreamStage) async throws {
    let messages = (0..<500).map { String(repeating: "é", count: $0 * 7 % 1_001 + 1) }
    try await stage.write(messages)
    let stream = try await stage.stream(after: nil)
    var count = 0
    while count < messages.count {
      let piece = try #require(try await stream.read())
      try #require(piece.bytes.last == 0x0a)
      #expect((piece.cursor != nil) == stage.isResumable)
      count += try stage.messages(in: piece.bytes).count
    }
    #expect(count == messages.count)
    await stream.close()
  }

  private func waitsForMore(_ stage: some LogStreamStage) async throws {
    try await stage.write(["first"])
    let stream = try await stage.stream(after: nil)
    #expect(try await Self.read(1, stream, stage) == ["first"])
    async let next = Self.read(2, stream, stage)
    try await stage.write(["second", "third"])
    #expect(try await next == ["second", "third"])
    await stream.close()
  }

  private func resumesBehindEachCursor(_ stage: some LogStreamStage) async throws {
    guard stage.isResumable else { return }
    let messages = Self.messages(1_500)
    try await stage.write(messages)
    var found: [String] = []
    var cursor: String?
    // A stream for each piece: whatever they are, nothing is missing between them and nothing twice.
    while found.count < messages.count {
      let stream = try await stage.stream(after: cursor)
      let piece = try #require(try await stream.read())
      found += try stage.messages(in: piece.bytes)
      let next: String = try #require(piece.cursor)
      cursor = next
      await stream.close()
    }
    #expect(found == messages)
    try await stage.write(["later"])
    let stream = try await stage.stream(after: cursor)
    #expect(try await Self.read(1, stream, stage) == ["later"])
    await stream.close()
  }

  private func stopsWaitingWhenCancelled(_ stage: some LogStreamStage) async throws {
    try await stage.write(["first"])
    let stream = try await stage.stream(after: nil)
    #expect(try await Self.read(1, stream, stage) == ["first"])
    let waiting = Task { try await stream.read() }
    // Also in the middle of the wait, where it has begun by then.
    try await Task.sleep(for: .milliseconds(20))
    waiting.cancel()
    let outcome = await waiting.result
    #expect(throws: LogStreamError.cancelled) { try outcome.get() }
    try await stage.write(["second"])
    #expect(try await Self.read(1, stream, stage) == ["second"])
    await stream.close()
  }

  private func endsWhenClosed(_ stage: some LogStreamStage) async throws {
    try await stage.write(["first"])
    let stream = try await stage.stream(after: nil)
    #expect(try await Self.read(1, stream, stage) == ["first"])
    async let waiting = stream.read()
    try await Task.sleep(for: .milliseconds(20))
    await stream.close()
    #expect(try await waiting == nil)
    await stream.close()
    #expect(try await stream.read() == nil)
  }

  private static func messages(_ count: Int) -> [String] {
    (0..<count).map { "message \($0) " + String(repeating: "x", count: $0 % 200) }
  }

  private static func read(_ count: Int, _ stream: any LogStream, _ stage: some LogStreamStage) async throws -> [String]
  {
    var messages: [String] = []
    while messages.count < count {
      let piece = try #require(try await stream.read())
      messages += try stage.messages(in: piece.bytes)
    }
    return messages
  }
}

import Application
import Testing

@testable import JournaldAdapter

@Suite("journalctl as a child", .timeLimit(.minutes(1))) struct JournaldStreamTests {
  @Test("one that is not there is said at once")
  func absent() async {
    var configuration = JournaldConfiguration()
    configuration.program = "cordwood-no-such-program"
    let error = await #expect(throws: LogStreamError.self) { try await JournaldStream.open(configuration) }
    guard case .notAvailable("journald", let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("'cordwood-no-such-program' cannot be started"))
  }

  @Test("what it said last stands in the error; then the stream is over")
  func lastWords() async throws {
    let stream = try await Self.shell("echo one; echo first >&2; echo no permission >&2; exit 3")
    #expect(try await stream.read() == LogStreamPiece(bytes: Array("one\n".utf8), cursor: nil))
    let expected = LogStreamError.interrupted(name: "journald", reason: "journalctl ended with status 3: no permission")
    await #expect(throws: expected) { try await stream.read() }
    #expect(try await stream.read() == nil)
  }

  @Test(
    "a cursor is lost where journalctl says so, not where an error quotes the option",
    arguments: [
      ("Failed to seek to cursor: Invalid argument", true), ("--after-cursor=s=1: Input/output error", false),
      ("cannot open '--after-cursor': Failed to seek to cursor", false),
    ])
  func lostCursor(_ words: String, _ isLost: Bool) {
    let error = JournaldStream.error("journald", .exited(1), "a word before\n" + words + "\n")
    if case .cursorLost = error { #expect(isLost) } else { #expect(!isLost, "\(error)") }
  }

  @Test("its signal is told")
  func signal() async throws {
    let stream = try await Self.shell("kill -9 $$")
    await #expect(throws: LogStreamError.interrupted(name: "journald", reason: "journalctl was ended by signal 9")) {
      try await stream.read()
    }
  }

  @Test("much on standard error does not stop it, and only the end is kept")
  func manyWords() async throws {
    let stream = try await Self.shell("head -c 1000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo the end >&2; exit 1")
    let expected = LogStreamError.interrupted(name: "journald", reason: "journalctl ended with status 1: the end")
    await #expect(throws: expected) { try await stream.read() }
  }

  @Test("it runs only as fast as it is read")
  func backPressure() async throws {
    let stream = try await Self.shell("yes 0123456789")
    for _ in 0..<100 {
      let piece = try #require(try await stream.read())
      #expect(piece.bytes.count <= 64 << 10)
    }
    await stream.close()
    #expect(try await stream.read() == nil)
  }

  @Test("a line that is too long comes in parts without a cursor")
  func longLine() async throws {
    let script = "head -c 300000 /dev/zero | tr '\\0' x; echo; echo '{\"__CURSOR\":\"c\"}'; sleep 60"
    let stream = try await Self.shell(script, maximumLineBytes: 100_000)
    var count = 0
    while true {
      let piece = try #require(try await stream.read())
      count += piece.bytes.count
      if piece.cursor == "c" { break }
      #expect(piece.cursor == nil)
    }
    #expect(count == 300_001 + 17)
    await stream.close()
  }

  @Test("its command goes on behind the cursor, or begins where it is told to")
  func words() {
    var configuration = JournaldConfiguration()
    configuration.arguments = ["--unit=nginx"]
    let common = ["journalctl", "--output=json", "--all", "--follow", "--no-pager", "--quiet"]
    #expect(configuration.words(after: nil) == common + ["--no-tail", "--unit=nginx"])
    #expect(configuration.words(after: "c") == common + ["--no-tail", "--after-cursor=c", "--unit=nginx"])
    configuration.start = .now
    #expect(configuration.words(after: nil) == common + ["--lines=0", "--unit=nginx"])
  }

  private static func shell(_ script: String, maximumLineBytes: Int = 1_000) async throws -> JournaldStream {
    try await JournaldStream.open(["/bin/sh", "-c", script], maximumLineBytes: maximumLineBytes)
  }
}

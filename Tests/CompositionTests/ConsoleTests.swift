import Foundation
import Glibc
import Testing

@testable import Composition

@Suite("The console")
struct ConsoleTests {
  @Test("writes whole lines to the two streams at once")
  func lines() throws {
    let pipes = PipePair()
    let console = Console(output: pipes.outputDescriptor, error: pipes.errorDescriptor, environment: [:])
    try console.print("one")
    try console.write(Array("two\nthree\n".utf8))
    console.note("four")
    console.draw("\rfive")
    let texts = try pipes.texts()
    #expect(texts.output == "one\ntwo\nthree\n")
    #expect(texts.error == "four\n\rfive")
  }

  @Test("does not mix the lines of concurrent tasks")
  func concurrentLines() async throws {
    let pipes = PipePair()
    let console = Console(output: pipes.outputDescriptor, error: pipes.errorDescriptor, environment: [:])
    await withTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          for _ in 0..<50 { try? console.print(String(repeating: "\(task)", count: 100)) }
        }
      }
    }
    let lines = try pipes.texts().output.split(separator: "\n")
    #expect(lines.count == 400)
    #expect(lines.allSatisfy { $0.count == 100 && Set($0).count == 1 })
  }

  @Test("says that the reader has gone")
  func readerIsGone() throws {
    signal(SIGPIPE, SIG_IGN)
    // Not a pipe with its other end closed: the exit tests fork, and a copy of that end lives in their child for a moment.
    // A write to a stream socket that was never connected gives EPIPE too.
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    let console = Console(output: socket, error: socket, environment: [:])
    #expect(throws: OutputError.closed) { try console.print("anybody?") }
  }

  @Test("says that the disk is full")
  func diskIsFull() throws {
    let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    let console = Console(output: full.fileDescriptor, error: full.fileDescriptor, environment: [:])
    #expect(throws: OutputError.failed(errno: ENOSPC)) { try console.print("more") }
    console.note("nobody to tell")
  }

  @Test(
    "colours on a terminal, not in a pipe, and as NO_COLOR, FORCE_COLOR and TERM say",
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
      (false, ["FORCE_COLOR": "1"], true), (false, ["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
      (true, ["TERM": "dumb"], false),
    ] as [(Bool, [String: String], Bool)])
  func colour(_ isTerminal: Bool, _ environment: [String: String], _ expected: Bool) {
    #expect(Terminal.hasColour(isTerminal: isTerminal, environment) == expected)
  }

  @Test("paints only where there is colour")
  func paint() {
    let pipes = PipePair()
    let plain = Terminal(descriptor: pipes.outputDescriptor, environment: [:])
    let coloured = Terminal(descriptor: pipes.outputDescriptor, environment: ["FORCE_COLOR": "1"])
    #expect(plain.paint("x", .red) == "x")
    #expect(coloured.paint("x", .red) == "\u{1B}[31mx\u{1B}[0m")
    #expect(!plain.isTerminal)
    #expect(plain.width == 80)
  }
}

import Testing
import Threads

@testable import JournaldAdapter

@Suite("A program that is read from", .timeLimit(.minutes(1)))
struct ChildProgramTests {
  @Test("ends with its status and last words")
  func ends() throws {
    let program = try ChildProgram(["/bin/sh", "-c", "echo out; echo words >&2; exit 3"])
    let wake = try #require(WakePipe())
    #expect(program.read(upTo: 100, orFor: wake) == .output(Array("out\n".utf8)))
    #expect(program.read(upTo: 100, orFor: wake) == .ended(status: .exited(3), words: "words\n"))
  }

  @Test("is killed when it has closed its output and lives on")
  func livesOn() throws {
    let program = try ChildProgram(["/bin/sh", "-c", "exec sleep 3600 >&- 2>&-"])
    let wake = try #require(WakePipe())
    #expect(program.read(upTo: 100, orFor: wake) == .ended(status: .signalled(9), words: ""))
  }
}

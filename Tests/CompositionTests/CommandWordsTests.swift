import Composition
import Testing

@Suite("Commands of two words")
struct CommandWordsTests {
  private static let limit = Setting("CORDWOOD_LIMIT", .count(in: 1...10), default: 3, "How many.")
  private static let program = ProgramSpecification(
    name: "sample", version: "1", summary: "Tests",
    commands: [
      CommandSpecification(name: "serve", summary: "Serve", discussion: ""),
      CommandSpecification(
        name: "box list", summary: "List the boxes", discussion: "",
        examples: [CommandExample("sample box list", "All of them.")], settings: [limit]),
      CommandSpecification(
        name: "box open", summary: "Open a box", discussion: "",
        operands: OperandsSpecification("BOX", allowed: 1...1, "its number")),
    ])

  private func parse(_ arguments: String...) throws(UsageError) -> Invocation {
    try ProgramArguments(Self.program).parse(arguments, environment: [:])
  }

  private func text(_ arguments: String...) throws -> String {
    guard case .print(let text) = try ProgramArguments(Self.program).parse(arguments, environment: [:]) else {
      throw UsageError("a command instead of a text")
    }
    return text
  }

  @Test("are found by both, and get the flags and operands behind them")
  func found() throws {
    guard case .run("box list", let settings) = try parse("box", "list", "--limit", "7") else {
      Issue.record("another command")
      return
    }
    #expect(settings[Self.limit] == 7)
    guard case .run("box open", let settings) = try parse("box", "open", "12") else {
      Issue.record("another command")
      return
    }
    #expect(settings.operands == ["12"])
  }

  @Test("are asked for when the second is missing or unknown")
  func unknown() {
    #expect(throws: UsageError("box needs a second word: expected list or open")) { try parse("box") }
    #expect(throws: UsageError("box needs a second word: expected list or open")) { try parse("box", "--limit", "1") }
    #expect(throws: UsageError("unknown command \"box lost\": expected box and list or open: did you mean list?")) {
      try parse("box", "lost")
    }
    #expect(throws: UsageError("unknown command \"bx\": expected serve or box: did you mean box?")) { try parse("bx") }
  }

  @Test("have help each, and together")
  func help() throws {
    let together = try text("box", "--help")
    #expect(together.hasPrefix("usage: sample box COMMAND [SETTINGS]\n"))
    #expect(together.contains("  box list  List the boxes\n  box open  Open a box\n"))
    #expect(try text("help", "box") == together)
    #expect(try text("box", "list", "--help").contains("usage: sample box list [SETTINGS]"))
    #expect(try text("help", "box", "list") == text("box", "list", "--help"))
  }
}

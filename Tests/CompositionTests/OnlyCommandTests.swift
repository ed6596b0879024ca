import Composition
import Testing

@Suite("A program with one command and no word for it")
struct OnlyCommandTests {
  private static let port = Setting("GRPC_PORT", .port, default: 50_051, "Where agents connect.")
  private static let program = ProgramSpecification(
    name: "sample", version: "1", summary: "Tests",
    commands: [
      CommandSpecification(
        name: "", summary: "Take events in", discussion: "", examples: [CommandExample("sample", "Start.")],
        settings: [port])
    ])

  private func parse(_ arguments: String...) throws(UsageError) -> Invocation {
    try ProgramArguments(Self.program).parse(arguments, environment: [:])
  }

  @Test("runs with flags alone, or with nothing")
  func runs() throws {
    guard case .run("", let settings) = try parse("--grpc-port", "7"), case .run("", let standard) = try parse() else {
      Issue.record("another command")
      return
    }
    #expect(settings[Self.port] == 7)
    #expect(standard[Self.port] == 50_051)
  }

  @Test("has the help of its command", arguments: ["--help", "-h", "help"])
  func help(_ word: String) throws {
    guard case .print(let text) = try parse(word) else {
      Issue.record("a command instead of a text")
      return
    }
    #expect(text.hasPrefix("Take events in.\n\nusage: sample [SETTINGS]\n"))
  }

  @Test("is documented under its own name")
  func document() throws {
    guard case .print(let text) = try parse("--print-configuration") else {
      Issue.record("a command instead of a text")
      return
    }
    #expect(text.contains("\n### `sample`\n"))
  }

  @Test("refuses what it does not know")
  func refuses() {
    #expect(throws: UsageError("unknown flag --grcp-port: did you mean --grpc-port?")) { try parse("--grcp-port", "7") }
    #expect(throws: UsageError("unexpected \"serve\": it takes flags only")) { try parse("serve") }
  }
}

import Composition
import Testing

@Suite("Help")
struct HelpTextTests {
  private func text(_ arguments: String...) throws -> String {
    guard case .print(let text) = try ProgramArguments(SampleProgram.specification).parse(arguments, environment: [:])
    else {
      throw UsageError("not a text")
    }
    return text
  }

  @Test("of the program lists its commands with examples")
  func ofProgram() throws {
    #expect(
      try text("--help") == """
        sample 1.2.3
        Shows what a program can do.

        usage: sample COMMAND [SETTINGS]

        commands:
          serve  Start all services
          send   Send files to a server

        examples:
          sample serve --data-dir /tmp/data
              Keeps everything in /tmp/data.

        sample COMMAND --help tells more of a command.
        """)
  }

  @Test("of a command teaches usage, operands and every setting with default and variable")
  func ofCommand() throws {
    #expect(
      try text("send", "--help") == """
        Send files to a server.

        usage: sample send --server HOST:PORT[,…] [SETTINGS] FILE…

        FILE…:
          one or two files to send

        settings, as a flag or an environment variable:
          --server HOST:PORT[,…]
              Which servers to send to.
              CORDWOOD_SERVER; required
          --limit COUNT
              How many events to print.
              CORDWOOD_LIMIT; default all of them
          --tenant NAME
              Whose logs | these are.
              CORDWOOD_TENANT; default default
        """)
  }

  @Test(
    "is the same however it is asked for",
    arguments: [["help", "serve"], ["serve", "-h"], ["serve", "--grpc-port", "--help"]])
  func spellings(_ arguments: [String]) throws {
    guard case .print(let help) = try ProgramArguments(SampleProgram.specification).parse(arguments, environment: [:])
    else {
      throw UsageError("not a text")
    }
    #expect(try help == text("serve", "--help"))
    #expect(help.contains("One process.\n\nOne folder."))
    #expect(help.contains("GRPC_PORT; default 50051"))
  }

  @Test("without a command is that of the program")
  func ofHelp() throws {
    #expect(try text("help") == text("-h"))
  }

  @Test("names the version")
  func version() throws {
    #expect(try text("--version") == "sample 1.2.3")
  }

  @Test("fits the width of the terminal", arguments: [60, 72, 100])
  func width(_ columns: Int) {
    let help = HelpText(SampleProgram.specification, width: columns).of(SampleProgram.serve)
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= columns })
  }
}

import Composition

/// A program with a setting of every form, for the tests of parsing and printing.
enum SampleProgram {
  enum Level: String, CaseIterable {
    case debug, info, warning, error
  }

  static let port = Setting("GRPC_PORT", .port, default: 50051, "Where agents connect.")
  static let dataDir = Setting("DATA_DIR", .path, default: "./cordwood-data", "The folder that holds all data.")
  static let chunkSize = Setting(
    "CHUNK_SIZE", .byteCount(in: 1024...1 << 30), default: 4 << 20, "When a chunk is full.")
  static let flushAge = Setting(
    "FLUSH_AGE", .duration(in: .milliseconds(10)...DurationUnit.longest), default: .seconds(30), "When a chunk is old.")
  static let level = Setting("LOG_LEVEL", ValueForm<Level>.choice, default: .info, "What is worth a line.")
  static let key = Setting("S3_SECRET_KEY", .secret, "Signs requests to the store.")
  static let follow = Setting("CORDWOOD_FOLLOW", .onOff, default: false, "Waits for more.")
  static let servers = Setting(required: "CORDWOOD_SERVER", .hostPorts, "Which servers to send to.")
  static let limit = Setting(
    "CORDWOOD_LIMIT", .count(in: 1...10_000), otherwise: "all of them", "How many events to print.")
  static let tenant = Setting("CORDWOOD_TENANT", .text("NAME"), default: "default", "Whose logs | these are.")

  static let serve = CommandSpecification(
    name: "serve", summary: "Start all services", discussion: "One process.\n\nOne folder.",
    examples: [CommandExample("sample serve --data-dir /tmp/data", "Keeps everything in /tmp/data.")],
    settings: [port, dataDir, chunkSize, flushAge, level, key, follow])

  static let send = CommandSpecification(
    name: "send", summary: "Send files to a server", discussion: "", settings: [servers, limit, tenant],
    operands: OperandsSpecification("FILE…", allowed: 1...2, "one or two files to send"))

  static let specification = ProgramSpecification(
    name: "sample", version: "1.2.3", summary: "Shows what a program can do", commands: [serve, send],
    keysOfOthers: ["CORDWOOD_RATE"])

  static func parse(_ arguments: String..., environment: [String: String] = [:]) throws(UsageError) -> Invocation {
    try ProgramArguments(specification).parse(arguments, environment: environment)
  }

  /// The settings of `serve`.
  static func serve(_ arguments: String..., environment: [String: String] = [:]) throws -> Settings {
    try settings(ProgramArguments(specification).parse(["serve"] + arguments, environment: environment))
  }

  /// The settings of `send`.
  static func send(_ arguments: String..., environment: [String: String] = [:]) throws -> Settings {
    try settings(ProgramArguments(specification).parse(["send"] + arguments, environment: environment))
  }

  private static func settings(_ invocation: Invocation) throws -> Settings {
    guard case .run(_, let settings) = invocation else { throw UsageError("a text instead of settings") }
    return settings
  }
}

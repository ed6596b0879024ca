import Testing

@Suite("The programs' usage", .timeLimit(.minutes(1)))
struct UsageTests {
  /// A command line and environment, and what the refusal must say.
  struct Wrong: CustomTestStringConvertible, Sendable {
    let program: BuiltProgram
    let arguments: [String]
    var environment: [String: String] = [:]
    let says: [String]
    var testDescription: String { "\(program.rawValue) \(arguments.joined(separator: " ")) \(environment)" }
  }

  @Test(
    "a wrong setting ends it with status 2, and key, value and expectation are named",
    arguments: [
      Wrong(
        program: .cordwood, arguments: ["serve", "--grpc-port", "70000"],
        says: ["--grpc-port (GRPC_PORT) is \"70000\"", "expected a port from 0 to 65535"]),
      Wrong(
        program: .cordwood, arguments: ["serve"], environment: ["FLUSH_AGE": "soon"],
        says: ["FLUSH_AGE (--flush-age) is \"soon\"", "expected a duration like 250ms"]),
      Wrong(
        program: .cordwood, arguments: ["serve"], environment: ["CHUNK_CODEC": "gzpi", "LOG_PARTITIONS": "0"],
        says: ["CHUNK_CODEC", "\"gzpi\"", "expected zstd or gzip", "did you mean gzip?", "LOG_PARTITIONS", "\"0\""]),
      Wrong(
        program: .cordwood, arguments: ["serve", "--data-dri", "x"],
        says: ["unknown flag --data-dri of serve", "did you mean --data-dir?"]),
      Wrong(
        program: .cordwood, arguments: ["serve"], environment: ["CORDWOOD_TENNANT": "x"],
        says: ["unknown environment variable CORDWOOD_TENNANT=\"x\"", "did you mean CORDWOOD_TENANT?"]),
      Wrong(program: .cordwood, arguments: ["serve", "now"], says: ["unexpected \"now\"", "serve takes flags only"]),
      Wrong(program: .cordwood, arguments: ["srve"], says: ["unknown command \"srve\"", "did you mean serve?"]),
      Wrong(
        program: .cordwood, arguments: [],
        says: ["a command is missing", "serve, query, inspect, dlq, index or doctor"]),
      Wrong(
        program: .cordwood, arguments: ["query", "--level", "LOUD"],
        says: ["--level (CORDWOOD_LEVEL) is \"LOUD\"", "TRACE, DEBUG, INFO, WARN, ERROR or FATAL"]),
      Wrong(program: .cordwood, arguments: ["inspect"], says: ["OBJECT is missing"]),
      Wrong(
        program: .agent, arguments: ["generate", "--count", "-1"], says: ["--count (CORDWOOD_COUNT) is \"-1\""]),
      Wrong(program: .agent, arguments: ["import"], says: ["FILE|- is missing"]),
      Wrong(
        program: .agent, arguments: ["import", "x"], environment: ["CORDWOOD_SERVER": "nowhere"],
        says: ["CORDWOOD_SERVER (--server) is \"nowhere\"", "host:port"]),
    ])
  func wrong(_ wrong: Wrong) async throws {
    let run = try await ProgramProcess.run(wrong.program, wrong.arguments, environment: wrong.environment)
    #expect(run.end == .exited(2))
    #expect(run.output.isEmpty)
    for text in wrong.says { #expect(run.error.contains(text), "\(run.error)") }
    #expect(run.error.contains("--help tells what is possible"))
  }

  @Test("--version says program and version", arguments: BuiltProgram.allCases)
  func version(program: BuiltProgram) async throws {
    let run = try await ProgramProcess.run(program, ["--version"])
    #expect(run.end == .exited(0))
    #expect(run.output.wholeMatch(of: /cordwood(-[a-z]+)? \d+\.\d+\.\d+\n/) != nil, "\(run.output)")
  }

  @Test("a reader that goes away is no failure")
  func closedPipe() async throws {
    let shell = ["/bin/sh", "-c", #""$0" "$@" | head -n 1"#]
    let run = try await ProgramProcess.run(.cordwood, ["serve", "--help"], wrapper: shell)
    #expect(run.end == .exited(0))
    #expect(run.lines.count == 1)
    #expect(run.error.isEmpty)
  }
}

import Composition
import Testing

@Suite("A wrong command line")
struct UsageErrorTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    var environment: [String: String] = [:]
    let problem: String
    var testDescription: String { (arguments + environment.map { "\($0)=\($1)" }).joined(separator: " ") }
  }

  static let mistakes = [
    Mistake(arguments: [], problem: "a command is missing: expected serve or send"),
    Mistake(arguments: ["serv"], problem: "unknown command \"serv\": expected serve or send: did you mean serve?"),
    Mistake(arguments: ["help", "xyz"], problem: "unknown command \"xyz\": expected serve or send"),
    Mistake(
      arguments: ["--grpc-port", "1", "serve"],
      problem: "unknown flag before the command \"--grpc-port\": expected serve or send"),
    Mistake(
      arguments: ["serve", "--grpcport", "1"], problem: "unknown flag --grpcport of serve: did you mean --grpc-port?"),
    Mistake(arguments: ["serve", "-x"], problem: "unknown flag -x of serve"),
    Mistake(
      arguments: ["serve", "--grpc-port", "70000"],
      problem: "--grpc-port (GRPC_PORT) is \"70000\": expected a port from 0 to 65535 (0 picks a free one)"),
    Mistake(
      arguments: ["serve"], environment: ["GRPC_PORT": "x"],
      problem: "GRPC_PORT (--grpc-port) is \"x\": expected a port from 0 to 65535 (0 picks a free one)"),
    Mistake(
      arguments: ["serve", "--log-level=eror"],
      problem: "--log-level (LOG_LEVEL) is \"eror\": expected debug, info, warning or error: did you mean error?"),
    Mistake(
      arguments: ["serve", "--flush-age", "1ms"],
      problem:
        "--flush-age (FLUSH_AGE) is \"1ms\": expected a duration like 250ms, 30s, 5m, 12h or 7d, of at least 10ms"),
    Mistake(
      arguments: ["serve", "--chunk-size", "5B"],
      problem: "--chunk-size (CHUNK_SIZE) is \"5B\": expected a size in bytes like 64MiB or 500kB, from 1KiB to 1GiB"),
    Mistake(arguments: ["serve", "--data-dir"], problem: "--data-dir (DATA_DIR) needs a value: expected a path"),
    Mistake(
      arguments: ["serve", "--data-dir", "--follow"], problem: "--data-dir (DATA_DIR) needs a value: expected a path"),
    Mistake(arguments: ["serve", "extra"], problem: "unexpected \"extra\": serve takes flags only"),
    Mistake(
      arguments: ["serve"], environment: ["CORDWOOD_FOLOW": "1"],
      problem: "unknown environment variable CORDWOOD_FOLOW=\"1\": did you mean CORDWOOD_FOLLOW?"),
    Mistake(arguments: ["send", "--server", "a:1"], problem: "FILE… is missing: expected one or two files to send"),
    Mistake(
      arguments: ["send", "--server", "a:1", "a", "b", "c"],
      problem: "unexpected \"c\": expected FILE…, one or two files to send"),
    Mistake(
      arguments: ["send", "a"],
      problem: "--server (CORDWOOD_SERVER) is missing: expected one or more of host:port, separated by commas"),
    Mistake(
      arguments: ["send", "a", "--server"],
      problem: "--server (CORDWOOD_SERVER) needs a value: expected one or more of host:port, separated by commas"),
  ]

  @Test("is answered with the key, the value and what was expected", arguments: mistakes)
  func message(_ mistake: Mistake) {
    let error = #expect(throws: UsageError.self) {
      _ = try ProgramArguments(SampleProgram.specification).parse(mistake.arguments, environment: mistake.environment)
    }
    #expect(error?.problems == [mistake.problem])
  }

  @Test("is answered with all of its mistakes at once")
  func allAtOnce() {
    let error = #expect(throws: UsageError.self) {
      _ = try SampleProgram.parse("serve", "--grpc-prot", "1", "--log-level", "x", environment: ["GRPC_PORT": "y"])
    }
    #expect(error?.problems.count == 3)
  }

  @Test("does not repeat a secret")
  func secret() {
    let error = #expect(throws: UsageError.self) { _ = try SampleProgram.parse("serve", "--s3-secret-key=") }
    #expect(error?.problems == ["--s3-secret-key (S3_SECRET_KEY) is •••: expected a text that is not empty"])
  }

  @Test("is not seen in variables for other commands, other programs, the tests, or in those that Kubernetes sets")
  func variablesOfOthers() throws {
    _ = try SampleProgram.serve(environment: [
      "CORDWOOD_TENANT": "t", "CORDWOOD_RATE": "5", "CORDWOOD_REQUIRE_SERVICES": "1", "CORDWOOD_TEST_PYTHON": "python3",
      "CORDWOOD_QUERY_SERVICE_HOST": "10.0.0.1", "CORDWOOD_QUERY_SERVICE_PORT_HTTP": "8080",
      "CORDWOOD_QUERY_PORT": "tcp://10.0.0.1:8080", "CORDWOOD_QUERY_PORT_8080_TCP_ADDR": "10.0.0.1", "HOME": "/",
    ])
  }
}

import Application
import Domain
import TestSupport
import Testing

@testable import GRPCAdapter

/// The walker and the writers against Python's protobuf.
@Suite(
  "Python's protobuf and this adapter read the same", .timeLimit(.minutes(2)),
  .enabled(if: NeededService.isPythonThereOrRequired, "set CORDWOOD_TEST_PYTHON"))
struct ProtobufIntegrationTests {
  private func read(_ bytes: Span<UInt8>) throws -> String {
    let submission: BatchSubmission
    do throws(BatchFault) {
      submission = try BatchSubmission(pushRequest: bytes, tenant: .default, terms: Samples.terms)
    } catch {
      return "error"
    }
    return try WireDump.text(submission)
  }

  @Test(
    "random messages: any order, repeats, unknown fields, defaults", arguments: [1, UInt64.random(in: 2...999_999)])
  func randomMessages(_ seed: UInt64) async throws {
    let output = try await PythonTool.run("differential.py", ["make", String(seed), "2000"])
    let lines = output.split(separator: "\n")
    #expect(lines.count == 2000)
    for (number, line) in lines.enumerated() {
      let parts = line.split(separator: " ", maxSplits: 1)
      let bytes = try #require(Hexadecimal.bytes(parts[0].utf8))
      #expect(try read(bytes.span) == String(parts[1]), "message \(number) of seed \(seed)")
    }
  }

  @Test("every truncation of a message, and the empty one")
  func truncations() async throws {
    let whole = try #require(
      try await PythonTool.run("differential.py", ["make", "42", "3"]).split(separator: " ").first)
    let bytes = try #require(Hexadecimal.bytes(whole.utf8))
    var prefixes: [[UInt8]] = []
    for count in 0...bytes.count { prefixes.append(Array(bytes[..<count])) }
    let input = prefixes.map { Hexadecimal.text($0) + "\n" }.joined()
    let lines = try await PythonTool.run("differential.py", ["read"], input: input).split(separator: "\n")
    #expect(lines.count == prefixes.count)
    for (prefix, line) in zip(prefixes, lines) {
      // Without a service, protobuf reads a batch that is none for us.
      let isWithoutService = line.contains(" service= ")
      let ours = try read(prefix.span)
      #expect(isWithoutService ? ours == "error" : ours == String(line), "\(prefix.count) of \(bytes.count) bytes")
    }
  }

  @Test("what the writer writes")
  func writer() async throws {
    var random = SplitMix(seed: 7)
    var batches: [OutgoingBatch] = []
    for count in [0, 1, 2, 25, 130] {
      let messages = (0..<count).map { _ in
        (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      batches.append(try Samples.batch(messages, sequence: random.next()))
    }
    let requests = batches.map { Wire().message(1, Wire().raw(BatchWriter.encode($0))).varint(2, 77).bytes }
    let input = requests.map { Hexadecimal.text($0) + "\n" }.joined()
    let lines = try await PythonTool.run("differential.py", ["read"], input: input).split(separator: "\n")
    for (request, line) in zip(requests, lines) {
      #expect(line != "error")
      #expect(try read(request.span) == String(line))
    }
  }
}

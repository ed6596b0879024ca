import Application
import Composition
import Domain
import EventQueryContract
import Foundation
import Testing

@testable import cordwood

@Suite("cordwood query", .timeLimit(.minutes(1)))
struct QueryCommandTests {
  @Test("prints each item as the server wrote it where output is no terminal")
  func json() async throws {
    let server = try QueryServer()
    await server.query.load([EventCorpus.colourful])
    let run = try await server.run("--tenant", "tenant-1")
    #expect(run.status == .done)
    #expect(run.lines.count == EventCorpus.colourful.events.count)
    let orderKeys = try run.lines.map { line in
      let item = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return item["order_key"] as? String
    }
    #expect(Set(orderKeys).count == run.lines.count)
    #expect(run.output.contains(#""double":-0.1,"whole":3.0"#))
    #expect(run.error == "\(run.lines.count) events, complete\n")
    await server.stop()
  }

  @Test("prints lines for a person, without letting log text drive the terminal")
  func text() async throws {
    let server = try QueryServer()
    await server.query.load([Self.lively])
    let run = try await server.run("--tenant", "tenant-1", "--output", "text")
    #expect(
      run.output == #"""
        2026-11-24T12:00:00.000Z ERROR api-service first line
            second \u{1b}[31mline a=1 b="two words" c="" d="\"x\"" e=true

        """#)
    await server.stop()
  }

  @Test("colours where it is wanted")
  func colour() async throws {
    let server = try QueryServer()
    await server.query.load([Self.lively])
    let run = try await server.run(
      "--tenant", "tenant-1", "--output", "text", environment: ["FORCE_COLOR": "1"])
    #expect(
      run.output.hasPrefix("\u{1B}[2m2026-11-24T12:00:00.000Z\u{1B}[0m \u{1B}[31mERROR\u{1B}[0m \u{1B}[36mapi-service"))
    await server.stop()
  }

  @Test("passes its filters on")
  func filters() async throws {
    let server = try QueryServer()
    await server.query.load(EventCorpus.mixed)
    let run = try await server.run(
      "--tenant", "tenant-1", "--service", "web", "--min-level", "warn", "--contains", "timeout", "--from",
      "2026-11-24T12:00:00Z", "--to", "1795536000")
    let wanted = EventRequest(
      tenant: EventCorpus.tenant, service: EventCorpus.web,
      predicate: EventPredicate(
        range: TimeRange(from: EventCorpus.noon, to: EventCorpus.noon.advanced(by: .seconds(4 * 3_600))),
        severities: Level.warn.severities.lowerBound...24, contains: Array("timeout".utf8)))
    let batches = EventCorpus.mixed.filter { $0.tenant == EventCorpus.tenant }
    let expected = batches.flatMap(\.events).filter { ReferenceEventQuery.fits($0, wanted) }
    #expect(!expected.isEmpty)
    #expect(run.lines.count == expected.count)
    let none = try await server.run("--tenant", "tenant-1", "--to", "2000-01-01T00:00:00Z")
    #expect(none.lines.isEmpty)
    #expect(none.error == "0 events, complete\n")
    await server.stop()
  }

  @Test("follows pages until the limit, and says how to go on")
  func pages() async throws {
    let server = try QueryServer()
    let batch = StoredBatch(
      tenant: EventCorpus.tenant, service: EventCorpus.api, producer: ProducerID(Identifier128(high: 0, low: 1)),
      sequence: 0, (0..<20_010).map { EventDraft(at: EventCorpus.noon, "event \($0)") })
    await server.query.load([batch])
    let run = try await server.run("--tenant", "tenant-1", "--limit", "20005", "--output", "json")
    #expect(run.lines.count == 20_005)
    #expect(Set(run.lines).count == 20_005)
    let hint = try #require(run.error.split(separator: "\n").last)
    #expect(hint.hasPrefix("older ones follow: a larger --limit, or --cursor "))
    let cursor = try #require(hint.split(separator: " ").last)
    let rest = try await server.run("--tenant", "tenant-1", "--cursor", String(cursor))
    #expect(rest.lines.count == 5)
    #expect(rest.error == "5 events, complete\n")
    await server.stop()
  }

  @Test("says that an answer is not complete, and why")
  func incomplete() async throws {
    let server = try QueryServer()
    await server.query.load(EventCorpus.mixed)
    await server.query.fallShort(.noOwner(PartitionID(3), reason: "it is moving"))
    let run = try await server.run("--tenant", "tenant-1", "--limit", "1")
    #expect(run.status == .done)
    #expect(
      run.error.hasPrefix(
        "1 event, NOT complete:\n  nobody answers for the newest events of partition 3: it is moving\nolder ones follow"
      ))
    await server.stop()
  }

  @Test("repeats in words why the server refuses")
  func refusals() async throws {
    let server = try QueryServer()
    let cursor = try await server.run("--cursor", "x")
    #expect(cursor.status == .failed)
    #expect(cursor.output.isEmpty)
    #expect(cursor.error == "cordwood: error: The cursor cannot be used here: not a cursor of this system\n")
    let tenant = try await server.run("--tenant", "_x")
    #expect(tenant.error.contains("tenant_id: the name begins with '_'"))
    await server.stop()
  }

  @Test("says which address does not answer and what to do")
  func unreachable() async throws {
    let server = try QueryServer()
    let address = server.address
    await server.stop()
    let run = try await QueryRun(["--server", address])
    #expect(run.status == .failed)
    #expect(run.error.hasPrefix("cordwood: error: no answer from http://\(address): "))
    #expect(run.error.contains("\"cordwood serve\" starts one, --server names another"))
  }

  @Test(
    "refuses wrong usage before it asks",
    arguments: [
      (["--limit", "0"], "--limit"), (["--from", "yesterday"], "--from"), (["--level", "loud"], "--level"),
      (["--output", "xml"], "--output"), (["--server", "https://x"], "--server"), (["--servce", "x"], "--service"),
      (["--from", "1h", "--to", "2h"], "--to"),
    ])
  func wrongUsage(arguments: [String], named: String) async throws {
    let run = try await QueryRun(arguments)
    #expect(run.status == .wrongUsage)
    #expect(run.error.contains(named))
  }

  private static let lively = StoredBatch(
    tenant: EventCorpus.tenant, service: EventCorpus.api, producer: ProducerID(Identifier128(high: 0, low: 1)),
    sequence: 0,
    [
      EventDraft(at: EventCorpus.noon, "first line\r\nsecond \u{1B}[31mline", severity: .error).with {
        $0.attributes = [
          Attribute(key: "e", value: .bool(true)), Attribute(key: "d", value: .string("\"x\"")),
          Attribute(key: "c", value: .string("")), Attribute(key: "b", value: .string("two words")),
          Attribute(key: "a", value: .int(1)),
        ]
      }
    ])
}

import Foundation
import Testing
import Transport

/// Queries of every kind, asked page by page, and what was answered: byte for byte, without what differs each time.
struct RecordedQueries: Sendable {
  /// One page: the bytes of `items`, `next_cursor` and `complete`, as they stand in the answer.
  struct Page: Equatable, Sendable {
    let items: String
    let cursor: String?
    let isComplete: Bool
  }

  /// A request's body without its cursor, and the pages of the answer.
  private let recorded: [(request: [String: String], pages: [Page])]

  /// - Parameter requests: Bodies: names and JSON values.
  static func record(_ requests: [[String: String]], on server: RunningServer) async throws -> RecordedQueries {
    var recorded: [(request: [String: String], pages: [Page])] = []
    for request in requests {
      var pages: [Page] = []
      var cursor: String?
      repeat {
        pages.append(try await page(request, cursor, on: server))
        cursor = pages.last?.cursor
      } while cursor != nil && pages.count < 6
      recorded.append((request, pages))
    }
    return RecordedQueries(recorded: recorded)
  }

  var eventCount: Int { recorded.reduce(0) { $0 + $1.pages.reduce(0) { $0 + $1.items.count } } }
  var isComplete: Bool { recorded.allSatisfy { $0.pages.allSatisfy(\.isComplete) } }
  var pageCount: Int { recorded.reduce(0) { $0 + $1.pages.count } }

  /// Asks again with the same bodies, and for the later pages with the cursors that were given then.
  func expectSame(on server: RunningServer, _ situation: Comment) async throws {
    for (request, pages) in recorded {
      var cursor: String?
      for page in pages {
        let again = try await Self.page(request, cursor, on: server)
        #expect(again == page, situation)
        cursor = page.cursor
      }
    }
  }

  private static func page(
    _ request: [String: String], _ cursor: String?, on server: RunningServer
  ) async throws -> Page {
    var members = request.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    if let cursor { members.append("\"cursor\": \"\(cursor)\"") }
    let text = try await server.post("/v1/query", "{" + members.joined(separator: ", ") + "}")
    // `items` comes first and holds no such text unescaped; what follows it is short.
    let end = try #require(text.range(of: "],\"next_cursor\":", options: .backwards))
    let rest = try JSONDecoder().decode(
      Rest.self, from: Data(("{\"next_cursor\":" + text[end.upperBound...]).utf8))
    return Page(items: String(text[..<end.lowerBound]), cursor: rest.cursor, isComplete: rest.complete)
  }

  private struct Rest: Decodable {
    enum CodingKeys: String, CodingKey {
      case cursor = "next_cursor"
      case complete
    }

    let cursor: String?
    let complete: Bool
  }
}

extension RunningServer {
  /// Asks the query API; the body of an answer of status 200.
  func post(_ target: String, _ body: String) async throws -> String {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let (head, answer) = try await HTTP1Client.send(
      host: "127.0.0.1", port: ports.http,
      head: HTTPRequestHead(
        method: "POST", target: target, version: .http1_1, fields: ["content-type": "application/json"]),
      body: Array(body.utf8), deadline: .seconds(30), loop: loop)
    let text = String(decoding: answer, as: UTF8.self)
    try #require(head.status == 200, "\(text)")
    return text
  }
}

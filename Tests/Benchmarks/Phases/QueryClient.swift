import Domain
import Foundation
import Transport

/// Asks the query API, on a connection of its own each time.
struct QueryClient: Sendable {
  struct Request: Encodable, Sendable {
    var service: String?
    var level: String?
    var contains: String?
    var fromTs: Int64?
    var toTs: Int64?
    var limit: Int?
    var cursor: String?
    /// Only for counts.
    var buckets: Int?

    enum CodingKeys: String, CodingKey {
      case service, level, contains, limit, cursor, buckets
      case fromTs = "from_ts"
      case toTs = "to_ts"
    }
  }

  struct Page: Decodable, Sendable {
    struct Item: Decodable, Sendable {
      let message: String
    }

    let items: [Item]
    let nextCursor: String?

    enum CodingKeys: String, CodingKey {
      case items
      case nextCursor = "next_cursor"
    }
  }

  let port: Int
  let loop: EventLoop

  /// - Returns: The page, and how long it took in milliseconds from the call to the last byte.
  func page(_ request: Request) async throws -> (page: Page, milliseconds: Double) {
    let (bytes, milliseconds) = try await ask("/v1/query", request)
    return (try JSONDecoder().decode(Page.self, from: Data(bytes)), milliseconds)
  }

  /// Counts over time.
  ///
  /// - Returns: How many there are in all, and how long it took in milliseconds.
  func count(_ request: Request) async throws -> (total: Int, milliseconds: Double) {
    struct Counts: Decodable {
      let total: Int
    }
    let (bytes, milliseconds) = try await ask("/v1/histogram", request)
    return (try JSONDecoder().decode(Counts.self, from: Data(bytes)).total, milliseconds)
  }

  private func ask(_ target: String, _ request: Request) async throws -> (bytes: [UInt8], milliseconds: Double) {
    let body = Array(try JSONEncoder().encode(request))
    let head = HTTPRequestHead(
      method: "POST", target: target, version: .http1_1,
      fields: ["content-type": "application/json", "accept": "application/json"])
    let start = ContinuousClock.now
    let (answer, bytes) = try await HTTP1Client.send(
      host: "127.0.0.1", port: port, head: head, body: body, deadline: .seconds(60), loop: loop)
    let time = ContinuousClock.now - start
    guard answer.status == 200 else {
      throw BenchFailure(
        description: "a query was answered with status \(answer.status): \(String(decoding: bytes, as: UTF8.self))")
    }
    return (bytes, time.fractionalSeconds * 1e3)
  }
}

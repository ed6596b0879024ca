import Testing
import Transport

@testable import RESTAdapter

/// What a test wants to know of a problem document, after checking that it is one.
struct ProblemDocument: Equatable {
  var status: Int
  var code: String
  var field: String?
  var offset: Int?
}

extension ProblemDocument {
  init(_ outcome: FakeExchange.Outcome) throws {
    let head = try #require(outcome.head)
    let root = try JSONReader.read(outcome.body)
    try #require(head.fields["content-type"] == "application/problem+json")
    #expect(outcome.isEnded)
    #expect(root["status"]?.number == Double(head.status))
    #expect(root["title"]?.string?.isEmpty == false)
    #expect(root["detail"]?.string?.isEmpty == false)
    status = head.status
    code = try #require(root["code"]?.string)
    #expect(root["type"]?.string == "urn:cordwood:problem:\(code)")
    field = root["field"]?.string
    offset = root["offset"]?.number.map { Int($0) }
  }
}

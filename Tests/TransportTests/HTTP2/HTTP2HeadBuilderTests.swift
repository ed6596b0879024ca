import Testing

@testable import Transport

@Suite struct HTTP2HeadBuilderTests {
  private static let limits = HTTPHeadLimits(maxTargetBytes: 10, maxHeaderBytes: 200, maxFields: 4)

  private func build(_ fields: [(String, String?)]) -> HTTP2HeadBuilder {
    var builder = HTTP2HeadBuilder(limits: Self.limits)
    for (name, value) in fields { builder.add(name, value) }
    return builder
  }

  @Test("pseudo fields become the head, the rest its fields")
  func request() {
    let head = build([(":method", "GET"), (":path", "/a"), (":authority", "b"), ("c", "d")]).request
    #expect(head == HTTPRequestHead(method: "GET", target: "/a", authority: "b", fields: ["c": "d"]))
  }

  @Test("a limit passed rejects and drops the fields")
  func limits() {
    #expect(build([(":path", "/12345678901")]).rejection == 414)
    #expect(build([("a", String(repeating: "b", count: 200))]).rejection == 431)
    #expect(build((0..<5).map { ("a\($0)", "") }).rejection == 431)
    #expect(build([("a", nil)]).rejection == 400)
    #expect(build([("a", "b"), ("c", nil)]).fields == [:])
  }

  @Test("Host may repeat the authority or stand for it, but not differ")
  func host() {
    #expect(build([("host", "a")]).authority == "a")
    #expect(build([(":authority", "a"), ("host", "a")]).rejection == nil)
    #expect(build([(":authority", "a"), ("host", "b")]).rejection == 400)
  }
}

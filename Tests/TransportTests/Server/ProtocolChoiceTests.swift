import Testing

@testable import Transport

@Suite struct ProtocolChoiceTests {
  @Test("the preface is HTTP/2 once it is whole, and undecided before", arguments: 1..<24)
  func preface(count: Int) {
    let start = Array(ProtocolChoice.preface[..<count])
    #expect(ProtocolChoice.choose(among: .all, from: start) == .undecided)
    #expect(ProtocolChoice.choose(among: .all, from: start + [0]) == .http1)
    #expect(ProtocolChoice.choose(among: .http2, from: start + [0]) == .neither)
    #expect(ProtocolChoice.choose(among: .http1, from: start) == .http1)
    #expect(ProtocolChoice.choose(among: .all, from: ProtocolChoice.preface + [1, 2]) == .http2)
  }
}

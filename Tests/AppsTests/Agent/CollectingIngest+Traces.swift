import Testing

extension CollectingIngest {
  /// Each batch is a trace of its own, whichever command sent it, and the same one each time that it was sent.
  func expectTraces() {
    let all = traceParents
    #expect(!all.isEmpty && all.allSatisfy { $0.count == 1 }, "\(all)")
    let texts = Set(all.flatMap(\.self))
    #expect(texts.count == all.count && texts.allSatisfy(Self.isTraceParent), "\(texts)")
  }

  private static func isTraceParent(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [2, 32, 16, 2] && parts[0] == "00" && parts[3] == "00"
      && parts[1...2].allSatisfy { part in
        part.allSatisfy { "0123456789abcdef".contains($0) } && part.contains { $0 != "0" }
      }
  }
}

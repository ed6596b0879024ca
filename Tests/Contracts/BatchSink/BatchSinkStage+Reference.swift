package import Application

extension BatchSinkStage {
  /// - Parameter sink: In front of `reference`; the reference itself if nil.
  package init(_ reference: ReferenceSink, sink: (any BatchSink)? = nil) {
    self.init(
      sink: sink ?? reference, terms: ReferenceSink.terms, received: { await reference.received },
      script: { await reference.change(to: $0) },
      breakConnections: { await reference.release(with: .unavailable(retryAfter: nil, reason: "it broke")) },
      close: { await reference.close() })
  }
}

/// What is to be known of an answer beside its events.
struct QuerySummary {
  private(set) var events = 0
  /// Why it is not complete, each reason once; empty if it is.
  private(set) var reasons: [String] = []
  private var nextCursor: String?

  mutating func add(_ page: QueryPage) {
    events += page.items.count
    nextCursor = page.envelope.nextCursor
    if page.envelope.isComplete { return }
    let details = page.envelope.reasons.map { reason in
      reason.detail + (reason.object.map { " ('\($0)')" } ?? "")
    }
    for reason in details.isEmpty ? ["the server does not say why"] : details where !reasons.contains(reason) {
      reasons.append(reason)
    }
  }

  /// For standard error.
  var lines: [String] {
    let count = events == 1 ? "1 event" : "\(events) events"
    var lines = [reasons.isEmpty ? "\(count), complete" : "\(count), NOT complete:"]
    lines += reasons.map { "  " + PrintableText.make($0, newline: " ") }
    if let nextCursor {
      lines.append("older ones follow: a larger --limit, or --cursor \(PrintableText.make(nextCursor, newline: " "))")
    }
    return lines
  }
}

import Application
import Domain

extension DeadLetterSelection {
  static let fields = ["numbers", "reason", "tenant", "from_ns", "to_ns", "uncommitted"]

  init(_ object: RequestObject) throws(Problem) {
    let tenant = try object.string("tenant")
    self.init(
      numbers: try object.value("numbers", "at most \(Self.maximumNumbers) numbers, separated by commas", Self.numbers)
        ?? [],
      reason: try object.value("reason", "a reason of a dead letter", DeadLetterReason.init(text:)),
      tenant: try tenant.map { (name) throws(Problem) in try EventRequest.tenant(named: name, field: "tenant") },
      range: try Self.range(object), isUncommitted: try object.bool("uncommitted"))
  }

  private static func numbers(_ text: String) -> [UInt64]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt64($0) }
    return numbers.count == parts.count && numbers.count <= maximumNumbers ? numbers : nil
  }

  private static func range(_ object: RequestObject) throws(Problem) -> TimeRange {
    let start = try object.value("from_ns", "nanoseconds since 1970, as a string", { Int64($0) })
    let end = try object.value("to_ns", "nanoseconds since 1970, as a string", { Int64($0) })
    let from = start.map(Timestamp.init(nanoseconds:)) ?? .distantPast
    let to = end.map(Timestamp.init(nanoseconds:)) ?? .distantFuture
    guard from <= to else { throw Problem(.invalidRequest, "to_ns is before from_ns", field: "to_ns") }
    return TimeRange(from: from, to: to)
  }
}

extension JSONWriter {
  /// Within an object; what is open is left out.
  mutating func members(of selection: DeadLetterSelection) {
    if !selection.numbers.isEmpty {
      key("numbers")
      string(selection.numbers.map(String.init).joined(separator: ","))
    }
    if let reason = selection.reason {
      key("reason")
      string(reason.text)
    }
    if let tenant = selection.tenant {
      key("tenant")
      string(tenant.text)
    }
    if selection.isUncommitted {
      key("uncommitted")
      bool(true)
    }
    if selection.range.start > .distantPast {
      key("from_ns")
      integerString(selection.range.start.nanoseconds)
    }
    if selection.range.end < .distantFuture {
      key("to_ns")
      integerString(selection.range.end.nanoseconds)
    }
  }
}

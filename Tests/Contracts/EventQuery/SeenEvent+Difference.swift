import Domain

extension SeenEvent: CustomStringConvertible {
  /// Short, for a failing test's reader.
  package var description: String {
    "\(RFC3339.text(timestamp)) \(service) \(level ?? "-") \(String(decoding: message.prefix(40), as: UTF8.self)) \(Hexadecimal.text(orderKey.dropFirst(8)))"
  }

  /// What the two lists differ in, in a line; nil if they are the same.
  package static func difference(_ items: [SeenEvent], from expected: [SeenEvent]) -> String? {
    if items == expected { return nil }
    let common = zip(items, expected).prefix { $0 == $1 }.count
    let item = common < items.count ? "\(items[common])" : "nothing"
    let other = common < expected.count ? "\(expected[common])" : "nothing"
    return
      "\(items.count) items, \(expected.count) expected; the first difference is at \(common): \(item), expected \(other)"
  }
}

extension EventQueryAnswer: CustomStringConvertible {
  package var description: String {
    "\(items.count) items, cursor \(nextCursor ?? "nil"), \(isComplete ? "complete" : "incomplete")"
  }
}

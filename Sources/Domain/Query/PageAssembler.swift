/// Collects the newest events of many sources into one page, in bounded memory.
///
/// Sources may come in any order. The page is final once every source that may hold something at or above `floor` was
/// offered.
package struct PageAssembler: Sendable {
  package let limit: Int
  package let maximumBytes: Int
  /// Newest first.
  package private(set) var events: [Event] = []
  /// Nothing below this can be on the page any more; nil while there is room.
  package private(set) var floor: OrderKey?
  /// Whether an event that fits was left out, for want of room.
  package private(set) var hasDropped = false
  private var bytes = 0

  /// - Parameters:
  ///   - limit: Events at most, at least 1.
  ///   - maximumBytes: Of messages and attributes, roughly; the first event is always kept.
  package init(limit: Int, maximumBytes: Int) {
    self.limit = max(limit, 1)
    self.maximumBytes = maximumBytes
  }

  /// Whether a source whose newest event is at `newest` can add anything.
  package func wants(_ newest: Timestamp) -> Bool { floor.map { newest >= $0.timestamp } ?? true }

  /// Takes over what fits.
  ///
  /// - Parameter more: Newest first, each once among all that is offered.
  package mutating func offer(_ more: [Event]) {
    if more.isEmpty { return }
    events = Self.merge(events, more)
    bytes += more.reduce(0) { $0 + Self.size($1) }
    while events.count > limit || (bytes > maximumBytes && events.count > 1) {
      guard let last = events.popLast() else { break }
      bytes -= Self.size(last)
      hasDropped = true
    }
    if hasDropped || events.count >= limit { floor = events.last?.key }
  }

  private static func merge(_ left: [Event], _ right: [Event]) -> [Event] {
    if left.isEmpty { return right }
    if let last = left.last, let first = right.first, last.key > first.key { return left + right }
    var merged: [Event] = []
    merged.reserveCapacity(left.count + right.count)
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if left[i].key > right[j].key {
        merged.append(left[i])
        i += 1
      } else {
        merged.append(right[j])
        j += 1
      }
    }
    merged.append(contentsOf: left[i...])
    merged.append(contentsOf: right[j...])
    return merged
  }

  /// What an event costs in memory, roughly: its bytes and the objects around them.
  private static func size(_ event: Event) -> Int {
    let fields = event.attributes + event.resource
    return 256 + event.message.count
      + fields.reduce(0) { sum, field in
        if case .string(let text) = field.value { return sum + 96 + field.key.utf8.count + text.utf8.count }
        return sum + 96 + field.key.utf8.count
      }
  }
}

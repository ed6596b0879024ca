import Application
import Domain

/// One line that shows how far a command is, at most as wide as the terminal.
struct ProgressLine {
  /// Nil where there is nothing to measure by.
  private static func fraction(_ state: ProgressState, total: Int?) -> Double? {
    if let total { return total == 0 ? 1 : Double(state.counts.settledEvents) / Double(total) }
    guard let size = state.size, size > 0 else { return nil }
    return min(1, Double(state.position) / Double(size))
  }

  /// - Parameters:
  ///   - total: Events in all, where that is known.
  ///   - rate: Events a second, lately.
  ///   - width: Columns.
  static func text(_ state: ProgressState, name: String, total: Int?, rate: Int, width: Int) -> String {
    var text: String
    switch state.phase {
    case .connecting: text = "\(name): waiting for the server"
    case .skipping(let bytes): text = "\(name): passing over what was imported, \(Int(bytes / 1_000_000).grouped) MB"
    case .sending:
      let counts = state.counts
      text = "\(counts.settledEvents.of("event")), \(rate.grouped)/s"
      let underWay = counts.events + counts.resentEvents - counts.settledEvents
      if underWay > 0 { text += ", \(underWay.grouped) under way" }
      if let fraction = fraction(state, total: total) {
        text = "\(bar(fraction, width: width - text.count - 8)) \(percent(fraction))  \(text)"
      }
    }
    if let trouble = state.trouble { text += " (\(trouble))" }
    return String(text.prefix(max(width - 1, 1)))
  }

  private static func percent(_ fraction: Double) -> String {
    let text = "\(Int(fraction * 100))%"
    return String(repeating: " ", count: max(0, 4 - text.count)) + text
  }

  private static func bar(_ fraction: Double, width: Int) -> String {
    let inner = min(max(width - 2, 4), 30)
    let filled = Int(fraction * Double(inner))
    return "[" + String(repeating: "=", count: filled) + String(repeating: " ", count: inner - filled) + "]"
  }
}

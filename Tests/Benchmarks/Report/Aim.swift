/// What a figure should be. It is told, not enforced: machines differ.
struct Aim: Sendable, Encodable {
  enum Bound: String, Sendable, Encodable { case atLeast, below }

  let bound: Bound
  let value: Double

  static func atLeast(_ value: Double) -> Aim { Aim(bound: .atLeast, value: value) }
  static func below(_ value: Double) -> Aim { Aim(bound: .below, value: value) }

  func isMet(by measured: Double) -> Bool { bound == .atLeast ? measured >= value : measured < value }

  /// `met`, or by how much it was missed.
  func verdict(on measured: Double) -> String {
    if isMet(by: measured) { return "met" }
    let part = bound == .atLeast ? (value - measured) / value : (measured - value) / value
    return "missed by \(Decimals.text(part * 100, digits: part < 0.1 ? 1 : 0)) %"
  }
}

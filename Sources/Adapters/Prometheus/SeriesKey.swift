/// The values of a series' labels, in the order of its definition. Strings of up to 15 bytes, names of cases and tenants'
/// names need no allocation.
struct SeriesKey: Hashable, Comparable, Sendable {
  static let maximumLabels = 3
  static let none = SeriesKey()

  let first: String
  let second: String
  let third: String

  init(_ first: String = "", _ second: String = "", _ third: String = "") {
    self.first = first
    self.second = second
    self.third = third
  }

  subscript(_ index: Int) -> String { index == 0 ? first : index == 1 ? second : third }

  static func < (left: SeriesKey, right: SeriesKey) -> Bool {
    (left.first, left.second, left.third) < (right.first, right.second, right.third)
  }
}

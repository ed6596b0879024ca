/// The distinct values of a chunk in the order of their first use, each found again by one look into a map.
///
/// Bounded by the chunk: a batch adds one producer and one resource at most.
struct NumberedValues<Value: Hashable> {
  private(set) var values: [Value] = []
  private var numbers: [Value: Int] = [:]

  /// - Returns: The value's place in `values`, to which it is added if it is new.
  mutating func number(of value: Value) -> Int {
    // Rows mostly come in runs of the value that was added last.
    if values.last == value { return values.count - 1 }
    if let number = numbers[value] { return number }
    numbers[value] = values.count
    values.append(value)
    return values.count - 1
  }
}

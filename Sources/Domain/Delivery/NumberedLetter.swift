/// What an index of dead letters keeps of one, in place of its content.
package protocol NumberedLetter {
  /// Letters are numbered in the order in which they came.
  var number: UInt64 { get }
}

/// Letters that ascend by their numbers, which may leave some out.
extension Array where Element: NumberedLetter {
  /// Nil if none has this number.
  package func index(ofNumber number: UInt64) -> Int? {
    let index = firstIndex(fromNumber: number)
    return index < count && self[index].number == number ? index : nil
  }

  /// Of the first with this number or a higher one; the count if there is none.
  package func firstIndex(fromNumber number: UInt64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

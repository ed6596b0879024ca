/// "did you mean": the nearest of the words that were possible.
enum Suggestion {
  /// The word that takes the fewest edits from `word`, if those are few enough to be a slip of the finger: at most a third
  /// of its length, and at least one is allowed. The first of several at the same distance. Else the only word that begins
  /// with it.
  static func nearest(to word: String, among words: [String]) -> String? {
    let limit = max(1, word.count / 3)
    let ranked = words.map { ($0, distance(word.lowercased(), $0.lowercased())) }.filter { $0.1 <= limit }
    if let best = ranked.min(by: { $0.1 < $1.1 }) { return best.0 }
    let longer = words.filter { $0.hasPrefix(word) }
    return longer.count == 1 ? longer[0] : nil
  }

  /// `: did you mean serve?`, or nothing.
  static func clause(for word: String, among words: [String]) -> String {
    nearest(to: word, among: words).map { ": did you mean \($0)?" } ?? ""
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var before: [Int] = []
    var above = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let replaced = above[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(replaced, above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      (before, above) = (above, current)
    }
    return above[right.count]
  }
}

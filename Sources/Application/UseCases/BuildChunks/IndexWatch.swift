import Domain

/// What an owner knows of the index between its flushes: whether it is whole, and of the generation that it took over with.
struct IndexWatch: Sendable {
  /// How often it looks.
  static let interval = Duration.seconds(1)
  static let noGeneration =
    "the index has no generation marker: it was lost, or is being rebuilt; run 'cordwood index rebuild'"

  /// The index cannot take a commit: nothing is flushed, what is read can be asked for.
  private(set) var isAway = false
  /// By the clock's `elapsed`.
  private var nextLook: Duration?

  /// Whether it is time to look again.
  mutating func isDue(at now: Duration) -> Bool {
    guard let nextLook else {
      self.nextLook = now + Self.interval
      return false
    }
    guard now >= nextLook else { return false }
    self.nextLook = now + Self.interval
    return true
  }

  /// - Returns: Whether that is news.
  mutating func note(isAway: Bool) -> Bool {
    defer { self.isAway = isAway }
    return isAway != self.isAway
  }
}

import Domain

/// When the next events of a steady stream are due.
package struct Pacing: Sendable {
  /// Batches are cut at least this often, so that a slow stream is fresh too.
  static let tick = Duration.milliseconds(100)
  /// How far a stream that could not be sent may catch up. More would follow a pause with a burst that nobody asked for.
  static let longestDebt = Duration.seconds(1)

  /// Events a second.
  private let rate: Int
  private var start: Duration
  private var given = 0

  package init(rate: Int, start: Duration) {
    self.rate = rate
    self.start = start
  }

  /// Events that are due at `time` and have not been given; they count as given.
  package mutating func take(at time: Duration) -> Int {
    var due = total(at: time) - given
    let most = max(1, total(at: start + Self.longestDebt))
    if due > most {
      // Forget the debt: begin anew.
      start = time
      given = 0
      due = most
      return due
    }
    given += due
    return due
  }

  private func total(at time: Duration) -> Int {
    Int((time - start).fractionalSeconds * Double(rate))
  }
}

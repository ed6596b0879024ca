import Synchronization

/// A number that tasks count up and a test reads.
final class Counter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  func add(_ amount: Int) { count.add(amount, ordering: .sequentiallyConsistent) }

  /// Returns when the number has not changed for 50 ms, with it.
  func settled() async throws -> Int {
    var last = -1
    while last != value {
      last = value
      try await Task.sleep(for: .milliseconds(50))
    }
    return last
  }
}

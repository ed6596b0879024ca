import Threads

/// What goes wrong with the next calls of an in-memory adapter: how a use-case test brings about a fault.
///
/// Faults of one operation happen in the order in which they were scripted, one a call; then calls succeed again. A task
/// that is cancelled already does no work and uses up no fault.
package final class FaultScript<Operation: Hashable & Sendable, Failure: Error>: Sendable {
  package enum Effect: Sendable {
    /// The call fails and changes nothing.
    case refused
    /// The call does its work, then its answer is lost: the caller sees the failure all the same.
    case answerLost
  }

  private struct Fault: Sendable {
    let effect: Effect
    let failure: Failure
  }

  private let pending = Lock<[Operation: [Fault]]>([:])
  private let whenCancelled: Failure?

  /// - Parameter whenCancelled: What a cancelled task is told; nil for a port that has no word for it.
  init(whenCancelled: Failure?) { self.whenCancelled = whenCancelled }

  /// Makes the next `count` calls of `operation` fail, behind those that were scripted before.
  package func failNext(_ count: Int = 1, _ operation: Operation, _ effect: Effect = .refused, with failure: Failure) {
    let faults = [Fault](repeating: Fault(effect: effect, failure: failure), count: count)
    pending.withLock { $0[operation, default: []].append(contentsOf: faults) }
  }

  /// Forgets the faults that have not happened yet.
  package func clear() {
    pending.withLock { $0.removeAll() }
  }

  /// Faults that have not happened yet.
  package var remaining: Int {
    pending.withLock { script in script.values.reduce(0) { $0 + $1.count } }
  }

  func perform<Result>(_ operation: Operation, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    if let whenCancelled, Task.isCancelled { throw whenCancelled }
    let fault = pending.withLock { script -> Fault? in
      guard let first = script[operation]?.first else { return nil }
      script[operation]?.removeFirst()
      return first
    }
    guard let fault else { return try body() }
    if fault.effect == .answerLost { _ = try body() }
    throw fault.failure
  }
}

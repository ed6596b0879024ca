import Application
import Threads

/// Health as a test sets it.
final class FixedHealth: Health {
  private let state = Lock<[String]>([])

  func set(_ problems: [String]) { state.withLock { $0 = problems } }

  func problems() async -> [String] { state.withLock { $0 } }
}

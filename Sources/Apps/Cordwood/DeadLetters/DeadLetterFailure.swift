import Application

/// Why a command on dead letters failed, in words for whoever gave it.
struct DeadLetterFailure: Error, CustomStringConvertible {
  let description: String

  private init(_ description: String) { self.description = PrintableText.make(description, newline: " ") }

  /// - Parameter isChange: Whether a part of it may have been done.
  /// - Throws: A `DeadLetterFailure`, or `CancellationError`.
  static func translating<Value>(
    isChange: Bool = false, _ call: () async throws(DeadLetterOperationsError) -> Value
  ) async throws -> Value {
    do throws(DeadLetterOperationsError) { return try await call() } catch {
      switch error {
      case .notFound(let number):
        throw DeadLetterFailure(
          "there is no dead letter \(number), or none any more: \"cordwood dlq list\" shows which there are")
      case .invalidRequest(_, let reason), .refused(let reason), .corrupt(let reason): throw DeadLetterFailure(reason)
      case .unavailable(let reason):
        throw DeadLetterFailure(
          isChange ? "\(reason); what was done until then is kept, the same command goes on" : reason)
      case .cancelled: throw CancellationError()
      }
    }
  }
}

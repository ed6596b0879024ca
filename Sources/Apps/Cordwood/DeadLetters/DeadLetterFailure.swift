import Application

/// Why a command on dead letters failed, in words for whoever gave it.
struct DeadLetterFailure: Error, CustomStringConvertible {
  let description: String

  init(_ error: DeadLetterOperationsError) {
    description =
      switch error {
      case .notFound: "there is no such dead letter, or none any more: \"cordwood dlq list\" shows what there is"
      case .invalidRequest(_, let reason), .refused(let reason), .unavailable(let reason), .corrupt(let reason):
        PrintableText.make(reason, newline: " ")
      case .cancelled: "interrupted"
      }
  }
}

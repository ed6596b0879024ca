/// Why there is no answer, in words for whoever asked.
enum QueryFailure: Error, CustomStringConvertible {
  case unreachable(ServerAddress, reason: String)
  /// The server said no, with its reason.
  case refused(detail: String)
  /// What answered is not a query service of ours, or one that this build does not understand.
  case unexpectedAnswer(String)

  var description: String {
    switch self {
    case .unreachable(let server, let reason):
      "no answer from \(server): \(reason); is it running? \"cordwood serve\" starts one, --server names another"
    case .refused(let detail): PrintableText.make(detail, newline: " ")
    case .unexpectedAnswer(let reason):
      "the answer is not that of a Cordwood query service: \(PrintableText.make(reason, newline: " "))"
    }
  }
}

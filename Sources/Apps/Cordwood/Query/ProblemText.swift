/// What a problem document (RFC 9457) of the server says.
struct ProblemText: Decodable {
  let title: String
  let detail: String?
  let code: String?

  var text: String { detail.map { "\(title): \($0)" } ?? title }
}

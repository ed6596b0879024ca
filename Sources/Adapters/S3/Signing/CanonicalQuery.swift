/// The parameters of a request as they are both sent and signed: encoded, in the order of their encoded names, then values.
enum CanonicalQuery {
  static func text(_ parameters: [(name: String, value: String)]) -> String {
    parameters.map { (PercentEncoding.encoded($0.name), PercentEncoding.encoded($0.value)) }
      .sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
  }
}

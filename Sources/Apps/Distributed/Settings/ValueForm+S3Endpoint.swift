import Composition
import S3Adapter

extension ValueForm where Value == S3Endpoint? {
  /// With or without a scheme, as the users of other tools write it.
  static var s3: Self {
    ValueForm(
      placeholder: "URL", expectation: "http://host:port, https://host:port or host:port",
      parse: { text in S3Endpoint(text.contains("://") ? text : "http://\(text)").map { .some($0) } },
      text: { $0.map(\.description) ?? "" })
  }
}

/// A request to the server, not yet signed.
struct S3Request: Sendable {
  let method: HTTPRequest.Method
  /// As the server knows the object; nil for the bucket itself.
  var name: String?
  var query: [(name: String, value: String)] = []
  /// Without those that signing adds.
  var headers: [HTTPHeader] = []
  var body: ArraySlice<UInt8>?
  /// The most that a successful answer may have: documents are smaller, objects say theirs.
  var responseLimit = 8 << 20
  /// Nil: by the configuration.
  var timeout: Duration?
}

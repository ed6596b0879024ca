/// An answer, whatever its status.
struct HTTPResponse: Sendable {
  /// What is kept of the body of an answer that is no success: error documents are far smaller.
  static let errorBytes = 64 << 10

  var status: Int
  /// By name in lower case; of a name that came twice, the last.
  var headers: [String: String]
  var body: [UInt8]

  var isSuccess: Bool { (200..<300).contains(status) }
}

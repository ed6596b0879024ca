/// How a call ended (https://grpc.github.io/grpc/core/md_doc_statuscodes.html).
struct GRPCStatus: Error, Equatable, Sendable {
  enum Code: Int, Sendable {
    case ok = 0
    case cancelled = 1
    case unknown = 2
    case invalidArgument = 3
    case deadlineExceeded = 4
    case notFound = 5
    case permissionDenied = 7
    case resourceExhausted = 8
    case failedPrecondition = 9
    case unimplemented = 12
    case internalError = 13
    case unavailable = 14
    case unauthenticated = 16
  }

  let code: Code
  let message: String
  /// When a client may try again (gRPC proposal A6).
  var retryAfter: Duration?

  static let ok = GRPCStatus(.ok, "")

  init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
    self.code = code
    self.message = message
    self.retryAfter = retryAfter
  }
}

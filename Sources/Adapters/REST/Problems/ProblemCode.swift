/// What went wrong, in words that scripts may rely on. Never renamed, never given another status.
enum ProblemCode: String, CaseIterable, Sendable {
  /// The body is not the JSON text that was expected; `offset` says where.
  case invalidJSON = "invalid_json"
  /// A name that the request must not have; `field` says which.
  case unknownField = "unknown_field"
  /// A value outside its range or of another type; `field` says which.
  case invalidRequest = "invalid_request"
  case invalidCursor = "invalid_cursor"
  /// The header and the body name different tenants.
  case tenantConflict = "tenant_conflict"
  /// The query needs more than it may use: narrow it.
  case overBudget = "over_budget"
  case notFound = "not_found"
  case methodNotAllowed = "method_not_allowed"
  case bodyTooLarge = "body_too_large"
  case unsupportedMediaType = "unsupported_media_type"
  /// No answer now; `Retry-After` says when to ask again.
  case unavailable
  /// This process cannot do its work yet; `problems` says what is missing.
  case notReady = "not_ready"
  /// The address is for operators, who send the token of the server's `server.json`.
  case unauthorized
  /// What is asked for by its name or number does not exist (any more).
  case notThere = "not_there"
  /// What is asked for must not be done, or not in this state; `detail` says what to do first.
  case refused
  /// What is stored cannot be read.
  case damaged

  var status: Int {
    switch self {
    case .invalidJSON, .unknownField, .invalidRequest, .invalidCursor, .tenantConflict, .overBudget: 400
    case .unauthorized: 401
    case .notFound, .notThere: 404
    case .methodNotAllowed: 405
    case .bodyTooLarge: 413
    case .unsupportedMediaType: 415
    case .refused: 409
    case .damaged: 500
    case .unavailable, .notReady: 503
    }
  }

  /// The same for every problem of this code (RFC 9457 section 3.1.3).
  var title: String {
    switch self {
    case .invalidJSON: "The body is not valid JSON"
    case .unknownField: "The request has an unknown field"
    case .invalidRequest: "A value of the request is not valid"
    case .invalidCursor: "The cursor cannot be used here"
    case .tenantConflict: "The request names two tenants"
    case .overBudget: "The query needs more than it may use"
    case .notFound: "There is nothing at this address"
    case .methodNotAllowed: "This address does not take the method"
    case .bodyTooLarge: "The body is too large"
    case .unsupportedMediaType: "The body is of an unsupported type"
    case .unavailable: "No answer is possible at the moment"
    case .notReady: "The service is not ready"
    case .unauthorized: "This address needs the operator's token"
    case .notThere: "What was asked for is not there"
    case .refused: "This cannot be done as things are"
    case .damaged: "What is stored cannot be read"
    }
  }
}

/// How the end of a body is told.
enum HTTP1BodyFraming: Equatable {
  /// No body whatever is written: HEAD, 204, 304.
  case none
  case length(Int)
  case chunked
  /// HTTP/1.0 without a length.
  case untilClose
}

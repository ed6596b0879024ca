/// What an answer says before its body.
package struct HTTPResponseHead: Sendable, Equatable {
  package var status: Int
  /// Values must not hold CR, LF or NUL: the writer refuses them.
  package var fields: HTTPFields
  /// The body's length where it is known. HTTP/1.1 uses chunked coding otherwise.
  package var contentLength: Int?

  package init(status: Int, fields: HTTPFields = [:], contentLength: Int? = nil) {
    self.status = status
    self.fields = fields
    self.contentLength = contentLength
  }
}

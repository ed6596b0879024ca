/// Why bytes are not the JSON text that was expected.
struct JSONSyntaxError: Error, Equatable {
  /// Bytes from the start of the text.
  let offset: Int
  /// What stands there and what was expected.
  let reason: String

  init(at offset: Int, _ reason: String) {
    self.offset = offset
    self.reason = reason
  }
}

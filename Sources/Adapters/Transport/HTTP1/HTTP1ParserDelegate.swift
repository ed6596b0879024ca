/// Whom an `HTTP1Parser` tells. Not to call back into the parser's `execute` or `beginNext`.
protocol HTTP1ParserDelegate: AnyObject {
  func headEnded() -> HTTP1Parser.HeadVerdict
  /// - Returns: The status to refuse with, if it is too much.
  func bodyCame(_ bytes: UnsafeRawBufferPointer) -> Int?
  func messageEnded()
}

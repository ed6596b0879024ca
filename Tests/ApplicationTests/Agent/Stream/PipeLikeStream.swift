import Application

/// A stream that cannot be returned to.
struct PipeLikeStream: LogStream {
  let stream: any LogStream
  var name: String { stream.name }

  func read() async throws(LogStreamError) -> LogStreamPiece? {
    try await stream.read().map { LogStreamPiece(bytes: $0.bytes, cursor: nil) }
  }

  func close() async { await stream.close() }
}

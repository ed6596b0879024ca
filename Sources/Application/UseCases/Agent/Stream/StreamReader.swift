import Domain

/// Reads a stream, and makes it anew where it broke off and can be gone on with.
actor StreamReader {
  /// Before a stream that broke off is made anew.
  private static let pause = Duration.seconds(1)

  private let open: FollowStream.Opening
  private let clock: any WallClock
  private let telemetry: any Telemetry
  private var cursor: String?
  private var stream: (any LogStream)?
  private var isClosed = false

  init(_ open: @escaping FollowStream.Opening, after cursor: String?, clock: any WallClock, telemetry: any Telemetry) {
    self.open = open
    self.cursor = cursor
    self.clock = clock
    self.telemetry = telemetry
  }

  /// The next piece; nil at the end, or once closed.
  ///
  /// - Throws: What another attempt would not mend: without a cursor the rest cannot be had again.
  func read() async throws(LogStreamError) -> LogStreamPiece? {
    while !isClosed {
      do throws(LogStreamError) {
        let stream = try await opened()
        // Closed while it was being made.
        if isClosed { await stream.close() }
        guard let piece = try await stream.read() else { return nil }
        if let known = piece.cursor { cursor = known }
        return piece
      } catch {
        if isClosed { return nil }
        let broken = stream
        stream = nil
        await broken?.close()
        switch error {
        case .interrupted(_, let reason) where cursor != nil: telemetry.record(.trouble(area: "stream", reason: reason))
        case .cursorLost(_, let reason) where cursor != nil:
          telemetry.record(.trouble(area: "stream", reason: "\(reason); it is begun anew"))
          cursor = nil
        case .notAvailable, .interrupted, .cursorLost, .cancelled: throw error
        }
        do throws(CancellationError) { try await clock.sleep(for: Self.pause) } catch { throw .cancelled }
      }
    }
    return nil
  }

  /// Lets a read that waits end, with nil.
  func close() async {
    isClosed = true
    await stream?.close()
  }

  private func opened() async throws(LogStreamError) -> any LogStream {
    if let stream { return stream }
    let fresh = try await open(cursor)
    stream = fresh
    return fresh
  }
}

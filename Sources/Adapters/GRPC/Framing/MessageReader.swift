import Transport

/// The messages of one direction of a call, as they arrive.
final class MessageReader: @unchecked Sendable {
  // Sendable: used by one task at a time, which is also what the exchange behind it demands.
  private var deframer: MessageDeframer
  private let read: @Sendable () async throws(TransportError) -> [UInt8]?

  /// - Parameter read: The next piece of the body, nil at its end.
  init(limit: Int, read: @escaping @Sendable () async throws(TransportError) -> [UInt8]?) {
    deframer = MessageDeframer(limit: limit)
    self.read = read
  }

  /// The next message if it is here already, without waiting.
  func nextArrived() throws(GRPCStatus) -> [UInt8]? { try deframer.next() }

  /// The next message; nil at the end of the body.
  func next() async throws(GRPCStatus) -> [UInt8]? {
    while true {
      if let message = try deframer.next() { return message }
      var piece: [UInt8]?
      do throws(TransportError) { piece = try await read() } catch { throw GRPCStatus(error) }
      guard let piece else {
        if deframer.isWithinMessage { throw GRPCStatus(.internalError, "the body ends within a message") }
        return nil
      }
      deframer.append(piece)
    }
  }
}

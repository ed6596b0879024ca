import Transport

/// One call, as a method sees it.
final class GRPCCall: @unchecked Sendable {
  // Sendable: one task sends at a time, as the exchange demands; all else is constant.
  private let exchange: any HTTPExchange
  private var hasStarted = false
  /// The call's messages from the client, to be read by one task at a time.
  let requests: MessageReader

  init(_ exchange: any HTTPExchange, maximumMessageBytes: Int) {
    self.exchange = exchange
    requests = MessageReader(limit: maximumMessageBytes) { () throws(TransportError) in try await exchange.read() }
  }

  /// Header fields of the request, names in lower case.
  var metadata: HTTPFields { exchange.request.fields }

  /// Tells the client that the call was taken, before the first message.
  func start() throws(GRPCStatus) {
    if hasStarted { return }
    hasStarted = true
    do throws(TransportError) {
      try exchange.start(HTTPResponseHead(status: 200, fields: Self.headFields))
    } catch { throw GRPCStatus(error) }
  }

  /// Sends a message; returns when there is room for another one.
  func send(_ message: [UInt8]) async throws(GRPCStatus) {
    try start()
    do throws(TransportError) {
      try await exchange.write(MessageDeframer.prefix(length: message.count) + message)
    } catch { throw GRPCStatus(error) }
  }

  /// Ends the call. A client that is gone is not told.
  func finish(_ status: GRPCStatus) {
    do throws(TransportError) {
      if hasStarted {
        try exchange.end(trailers: status.fields)
      } else {
        var fields = Self.headFields
        for field in status.fields.fields { fields.append(field.name, field.value) }
        try exchange.start(HTTPResponseHead(status: 200, fields: fields))
        try exchange.end(trailers: [:])
      }
    } catch {
      exchange.abort()
    }
  }

  private static let headFields: HTTPFields = [
    "content-type": "application/grpc", "grpc-accept-encoding": "identity",
  ]
}

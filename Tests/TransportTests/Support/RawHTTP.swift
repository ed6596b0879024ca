import Transport

/// HTTP/1.1 spoken byte by byte, for what no proper client sends.
enum RawHTTP {
  /// Sends `pieces` one by one, closes our side and reads to the end.
  ///
  /// Closing makes it deterministic: a server that waits for more sees that none comes.
  static func exchange(_ pieces: [[UInt8]], with loopback: LoopbackServer) async throws(TransportError) -> String {
    let connection = try await connect(to: loopback)
    do throws(TransportError) {
      for piece in pieces { try await connection.write(piece) }
    } catch {
      // The server has refused and closed: its answer is still to be read.
    }
    connection.finish()
    return await readAll(connection)
  }

  static func connect(to loopback: LoopbackServer) async throws(TransportError) -> TCPConnection {
    try await TCPConnection.connect(
      host: "127.0.0.1", port: loopback.port, loop: loopback.loops[0], timeout: .seconds(10))
  }

  static func readAll(_ connection: TCPConnection) async -> String {
    var text: [UInt8] = []
    // A reset after the answer ends it like a close.
    while let piece = try? await connection.read() { text += piece }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads until `count` bytes are there, or the end.
  static func read(_ connection: TCPConnection, until isEnough: (String) -> Bool) async throws(TransportError) -> String
  {
    var text: [UInt8] = []
    while !isEnough(String(decoding: text, as: UTF8.self)), let piece = try await connection.read() { text += piece }
    return String(decoding: text, as: UTF8.self)
  }

  /// The status codes of all answers in `text`, interim ones too.
  static func statuses(_ text: String) -> [Int] {
    text.components(separatedBy: "HTTP/1.1 ").dropFirst().compactMap { Int($0.prefix(3)) }
  }
}

extension String {
  func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}

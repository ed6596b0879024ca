import Transport

/// Bytes that show a lost, doubled or swapped piece: no short period.
func pattern(_ count: Int) -> [UInt8] {
  var state: UInt32 = 2_463_534_242
  return (0..<count).map { _ in
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return UInt8(truncatingIfNeeded: state)
  }
}

extension HTTP2ClientStream {
  func readAll() async throws(TransportError) -> [UInt8] {
    var all: [UInt8] = []
    while let piece = try await read() { all += piece }
    return all
  }
}

/// Waits until `condition` holds; the suite's time limit ends it otherwise.
func eventually(_ condition: () -> Bool) async throws {
  while !condition() { try await Task.sleep(for: .milliseconds(2)) }
}

import Domain
import Testing

@Suite("The stored form of a window") struct SequenceWindowEncodingTests {
  @Test("gives back what the window remembers", arguments: samples)
  func roundTrips(_ sample: [WindowChange]) throws {
    let window = window(sample)
    let read = try SequenceWindow(encoded: window.encoded.span)
    #expect(read.newest == window.newest)
    #expect(read.lastAppend == window.lastAppend)
    #expect(read.entries.map(\.sequence) == window.entries.map(\.sequence))
    #expect(read.entries.map(\.digest) == window.entries.map(\.digest))
    #expect(read.encoded == window.encoded)
  }

  @Test("leads to the same verdicts", arguments: samples)
  func judgesAlike(_ sample: [WindowChange]) throws {
    var window = window(sample)
    var read = try SequenceWindow(encoded: window.encoded.span)
    let newest = window.newest ?? 0
    let around = (newest > 1_500 ? newest - 1_500 : 0)..<(newest + 40)
    for sequence in around.reversed() + around.map({ $0 &+ 2_100 }) {
      let digest = UInt32(truncatingIfNeeded: sequence % 3)
      let time = window.lastAppend.advanced(by: .seconds(1))
      let expected = window.judge(sequence: sequence, digest: digest, firstSent: time, appended: time)
      #expect(read.judge(sequence: sequence, digest: digest, firstSent: time, appended: time) == expected)
    }
    #expect(read.encoded == window.encoded)
  }

  @Test("of a full window is a bit and four bytes a sequence")
  func isCompact() {
    let dense = window([change((0..<5_000).map { ($0, 7) })])
    #expect(dense.encoded.count == 1 + 8 + 2 + 8 + 128 + 4 * 1_024)
  }

  @Test("is refused when cut off at any byte")
  func isRefusedCutOff() {
    let bytes = window([change([(3, 1), (9, 2)])]).encoded
    for count in 0..<bytes.count {
      #expect(throws: DecodingError.self) { try SequenceWindow(encoded: bytes.span.extracting(first: count)) }
    }
    let longer = bytes + [0]
    #expect(throws: DecodingError.self) { try SequenceWindow(encoded: longer.span) }
  }

  @Test("of a newer version is refused by its number")
  func newerVersionIsRefused() {
    var bytes = SequenceWindow().encoded
    bytes[0] = 9
    #expect {
      try SequenceWindow(encoded: bytes.span)
    } throws: { error in
      (error as? DecodingError)?.kind == .unsupportedVersion && "\(error)".contains("version 9")
    }
  }

  @Test(
    "with slots that no window has is refused",
    arguments: [
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 0x81, 8, 0, 0, 0, 0, 0, 0, 0, 0],  // 1,025 slots
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],  // one slot, not taken
      // Two slots from the last sequence there is.
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 3, 1, 0, 0, 0, 2, 0, 0, 0],
    ] as [[UInt8]])
  func hostileIsRefused(_ bytes: [UInt8]) {
    #expect(throws: DecodingError.self) { try SequenceWindow(encoded: bytes.span) }
  }

  static let samples: [[WindowChange]] = [
    [],
    [change([], lastAppend: 99)],
    [change([(0, 0)])],
    [change([(5, 5), (3, 3), (4, 4)], lastAppend: -1)],
    [change((0..<1_024).map { ($0, UInt32($0)) })],
    [change((0..<2_000).map { ($0 * 3, UInt32($0)) }), change([(5_000, 1)])],
    [change([(1 << 63, .max), (1 << 63 + 700, 1)])],
    [change([(0, 1), (10_000, 2)])],
  ]

  private static func change(_ added: [(UInt64, UInt32)], lastAppend: Int64 = 5) -> WindowChange {
    let service = try? ServiceName("api")
    guard let service else { preconditionFailure("'api' is a service name") }
    return WindowChange(
      key: WindowKey(
        producer: ProducerID(Identifier128(high: 1, low: 1)), stream: StreamID(tenant: .default, service: service)),
      startsAnew: false, added: added.map { .init(sequence: $0.0, digest: $0.1) },
      lastAppend: Timestamp(nanoseconds: lastAppend))
  }

  private func change(_ added: [(UInt64, UInt32)]) -> WindowChange { Self.change(added) }

  private func window(_ changes: [WindowChange]) -> SequenceWindow {
    var window = SequenceWindow()
    for change in changes { window.apply(change) }
    return window
  }
}

/// What a connection tells its peer, and how much of the peer's it takes. The same for both roles.
package struct HTTP2Settings: Sendable, Equatable {
  /// Bytes that the peer may send on one stream before its reader took any. 4 MiB: with the 64 KiB of RFC 9113's default
  /// each message of 220 KB costs four round trips and twice the CPU.
  package var streamWindowBytes = 4 << 20
  /// The same for all streams of a connection together; bounds what one connection can make us hold.
  package var connectionWindowBytes = 16 << 20
  /// The longest frame that we take, 16 KiB to 16 MiB - 1. 1 MiB: fewer headers and callbacks a message.
  package var maxFrameBytes = 1 << 20
  /// Streams that the peer may have open at a time.
  package var maxConcurrentStreams = 128
  /// Names and values of one header block, with 32 bytes a field (RFC 9113 section 6.5.2).
  package var maxHeaderBytes = 32 << 10

  package init() {}

  func check() throws(TransportError) {
    func require(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(TransportError) {
      guard range.contains(value) else {
        throw .misuse(detail: "\(name) is \(value): expected \(range.lowerBound) to \(range.upperBound)")
      }
    }
    let most = Int(Int32.max)
    try require("streamWindowBytes", streamWindowBytes, in: 65_535...most)
    try require("connectionWindowBytes", connectionWindowBytes, in: 65_535...most)
    try require("maxFrameBytes", maxFrameBytes, in: 16_384...16_777_215)
    try require("maxConcurrentStreams", maxConcurrentStreams, in: 1...most)
    try require("maxHeaderBytes", maxHeaderBytes, in: 1024...65_536)
  }
}

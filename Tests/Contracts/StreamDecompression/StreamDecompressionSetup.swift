package import Application

/// A kind of compressed stream under test: its decoder, and what it decodes.
package struct StreamDecompressionSetup<Stream: StreamDecompression>: Sendable {
  let stream: @Sendable () -> Stream
  let member: @Sendable ([UInt8]) -> [UInt8]

  /// - Parameters:
  ///   - stream: A fresh decoder.
  ///   - member: Compresses a content, empty or not, to one member, whose last byte belongs to a checksum or length.
  package init(stream: @escaping @Sendable () -> Stream, member: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    self.stream = stream
    self.member = member
  }
}

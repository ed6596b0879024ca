/// How the chunks of one flush are spread over objects: large ones get an object each, the small ones of a tenant share
/// one, so that the number of PUTs grows with partitions and tenants and not with streams.
package enum FlushLayout {
  /// Encoded bytes from which a chunk gets an object of its own.
  package static let largeChunkBytes = 1 << 20
  /// Bytes at which a pack is closed and the next begun, so that readers of small things do not meet huge objects.
  package static let maximumPackBytes = 64 << 20

  package struct Part: Hashable, Sendable {
    package let tenant: TenantID
    /// Nil for a pack.
    package let service: ServiceName?
    /// Positions in the list of chunks.
    package let chunks: [Int]
  }

  /// - Parameter chunks: Stream and encoded size of each, sorted by stream.
  package static func parts(_ chunks: [(stream: StreamID, bytes: Int)]) -> [Part] {
    var parts: [Part] = []
    var pack: [Int] = []
    var packBytes = 0
    func closePack() {
      guard let first = pack.first else { return }
      parts.append(Part(tenant: chunks[first].stream.tenant, service: nil, chunks: pack))
      pack = []
      packBytes = 0
    }
    for (index, chunk) in chunks.enumerated() {
      let isOtherTenant = pack.first.map { chunks[$0].stream.tenant != chunk.stream.tenant } ?? false
      if isOtherTenant || packBytes + chunk.bytes > maximumPackBytes { closePack() }
      if chunk.bytes >= largeChunkBytes {
        parts.append(Part(tenant: chunk.stream.tenant, service: chunk.stream.service, chunks: [index]))
      } else {
        pack.append(index)
        packBytes += chunk.bytes
      }
    }
    closePack()
    return parts
  }
}

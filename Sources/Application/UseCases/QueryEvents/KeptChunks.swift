import Domain

/// The bytes of small chunks that were read as a whole, kept until the last of their row groups was looked through.
///
/// Bounded: many chunks whose times overlap are open at once. What does not fit is let go, and its groups are read one by
/// one.
struct KeptChunks: Sendable {
  private let limit: Int
  private(set) var bytes = 0
  private var groupsLeft: [Int: Int] = [:]
  private var nextNumber = 0

  /// - Parameter limit: Bytes of all chunks that are kept.
  init(limit: Int) { self.limit = limit }

  /// - Parameter groups: How often `release` will be called.
  /// - Returns: The chunk, without its bytes if there is no room or no need for them.
  mutating func keep(_ chunk: OpenChunk, groups: Int) -> OpenChunk {
    guard let count = chunk.bytes?.count else { return chunk }
    var chunk = chunk
    guard groups > 0, bytes + count <= limit else {
      chunk.bytes = nil
      return chunk
    }
    bytes += count
    nextNumber += 1
    chunk.keptNumber = nextNumber
    groupsLeft[nextNumber] = groups
    return chunk
  }

  /// One of the chunk's groups was looked through.
  mutating func release(_ chunk: OpenChunk) {
    guard let number = chunk.keptNumber, let left = groupsLeft[number] else { return }
    groupsLeft[number] = left > 1 ? left - 1 : nil
    if left == 1 { bytes -= chunk.bytes?.count ?? 0 }
  }
}

import Cevent

/// How the process's allocator treats the memory of messages.
package enum MessageMemory {
  /// Freed blocks up to this size stay with the process: the largest message that travels often.
  private static let keptBlockBytes: Int32 = 8 << 20
  /// What may lie unused at the top of the heap.
  private static let keptTotalBytes: Int32 = 64 << 20

  /// Keeps freed memory for the next message instead of giving it back to the kernel at once. For an application's start,
  /// before its first thread; it holds for the whole process. Without it page faults dominate messages of 220 KB.
  package static func keepFreed() {
    cordwood_keep_freed_memory(keptBlockBytes, keptTotalBytes)
  }
}

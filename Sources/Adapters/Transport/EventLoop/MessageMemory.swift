import Cevent

/// How the process's allocator treats the memory of messages. `keepFreed` or `keepLittle` is to be called at an application's
/// start, before its first thread; they hold for the whole process.
package enum MessageMemory {
  /// Keeps freed memory for the next message instead of giving it back to the kernel at once: blocks of up to 8 MiB, the
  /// largest message that travels often, and 64 MiB at the top of the heap. Without it page faults dominate messages of 220 KB.
  package static func keepFreed() {
    cordwood_keep_freed_memory(8 << 20, 64 << 20)
  }

  /// For a program that has little to do beside others that have much: one heap for all threads, and less kept of what is
  /// freed.
  ///
  /// An agent with 10,000 files has 17 MB in use at most. With a heap a thread it took 58 to 65 MB for that, with one 40 to 50.
  /// Its threads work in turn rather than at once, so that they seldom wait for each other: a million lines cost it 0.65 s of
  /// CPU time, and 0.6 s as `keepFreed` has it.
  package static func keepLittle() {
    cordwood_limit_heaps(1)
    cordwood_keep_freed_memory(4 << 20, 8 << 20)
  }

  /// Gives the kernel what is free now, of the whole heap. Takes a millisecond, in which no other thread gets memory.
  package static func giveBack() {
    cordwood_give_back_memory()
  }
}

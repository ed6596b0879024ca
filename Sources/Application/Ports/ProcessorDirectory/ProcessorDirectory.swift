package import Domain

/// Which processor owns which partition, and where it can be asked: how the query service finds recent events.
///
/// A hint, never a promise: who is asked and does not own the partition says so.
package protocol ProcessorDirectory: Sendable {
  /// Says that a processor lives, and what it owns; replaces what it said before. Repeated well within `lifetime`, after
  /// which it counts as gone.
  ///
  /// - Parameter lifetime: By the directory's own clock.
  func announce(_ processor: ProcessorEntry, for lifetime: Duration) async throws(ProcessorDirectoryError)

  /// Takes a processor out at once; nothing happens if it is not there.
  func withdraw(_ processor: Identifier128) async throws(ProcessorDirectoryError)

  /// The processors that live. Where two claim the same partition, the one that began to own it last comes first.
  func processors() async throws(ProcessorDirectoryError) -> [ProcessorEntry]
}

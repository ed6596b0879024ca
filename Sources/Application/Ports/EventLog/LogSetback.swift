package import Domain

/// A partition's log that ends below what is known of it: an older copy of it was put in its place.
package struct LogSetback: Hashable, Sendable, CustomStringConvertible {
  package let partition: PartitionID
  /// Where it is, in words for an operator.
  package let place: String
  /// Where the log ends.
  package let end: UInt64
  /// What is below was durable once.
  package let known: UInt64

  package init(partition: PartitionID, place: String, end: UInt64, known: UInt64) {
    self.partition = partition
    self.place = place
    self.end = end
    self.known = known
  }

  package var description: String {
    """
    the log of partition \(partition) in \(place) ends at \(end), and everything below \(known) is in objects: it was set \
    back to an older copy, and takes nothing in, so that nothing acknowledged is lost; put the newer copy back, or stop the \
    server, move \(place) away, start it, and say 'cordwood index new-epoch --partition \(partition)'
    """
  }
}

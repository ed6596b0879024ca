/// Why a process can own no partitions.
package enum PartitionOwnershipError: Error, Sendable {
  /// Asking again will not help: permission, an unknown topic, another process with the same name.
  case rejected(reason: String)
}

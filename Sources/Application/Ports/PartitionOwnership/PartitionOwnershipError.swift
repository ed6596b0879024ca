/// Why a process can own no partitions.
package enum PartitionOwnershipError: Error, Sendable {
  /// Asking again will not help: permission, an unknown topic, another process with the same name.
  case rejected(reason: String)
}

extension PartitionOwnershipError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rejected(let reason): reason
    }
  }
}

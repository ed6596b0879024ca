package import Application
package import Domain

extension RecentEvents {
  /// What is wrong with a partition's owner, in words for an operator; nil if nothing is.
  package func problem(of partition: PartitionID) async -> String? {
    let nothing = TimeRange(from: .distantPast, to: .distantPast)
    do throws(RecentEventsError) {
      _ = try await recent(in: partition, tenant: .default, service: nil, range: nothing, patience: .zero)
      return nil
    } catch {
      switch error {
      case .noOwner: return "partition \(partition) has no owner yet"
      case .stopped(_, let reason): return "partition \(partition) stopped: \(reason)"
      case .unavailable(let reason): return "partition \(partition): \(reason)"
      case .cancelled: return nil
      }
    }
  }
}

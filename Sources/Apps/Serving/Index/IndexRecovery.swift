package import Application
package import Composition
import Domain
package import ZstdAdapter

/// Snapshots of the index, and what operators do about it, in a process.
package struct IndexRecovery: Sendable {
  package let snapshots: TakeSnapshots<ZstdCompression>
  package let operations: OperateIndex<ZstdCompression>
  /// Takes the snapshots.
  package let service: any Service
  /// To be run before anything is appended.
  package let informLog: InformLog
  private let telemetry: any Telemetry

  package init(_ settings: Settings, _ ports: IndexRecoveryPorts) {
    var configuration = IndexRecoveryConfiguration()
    configuration.snapshotInterval = settings[BuildingSettings.snapshotInterval]
    snapshots = TakeSnapshots(ports: ports, configuration: configuration, codec: ZstdCompression())
    operations = OperateIndex(ports: ports, configuration: configuration, codec: ZstdCompression(), codecs: .all)
    informLog = InformLog(ports: ports, configuration: configuration, codecs: .all)
    service = SnapshotService(
      snapshots: KeepSnapshots(ports: ports, configuration: configuration, snapshots: snapshots))
    telemetry = ports.telemetry
  }

  /// Writes the first generation marker where index and object store are both empty. Where the index was lost the server
  /// starts all the same: it takes events in, and answers incompletely, until an operator has the index rebuilt.
  package func initialiseNewIndex() async {
    do throws(IndexOperationError) { _ = try await operations.initialise(discarding: false) } catch {
      if case .alreadyInitialised = error { return }
      telemetry.record(
        .trouble(area: "index", reason: "nothing is flushed and no answer is complete: \(error)"))
    }
  }
}

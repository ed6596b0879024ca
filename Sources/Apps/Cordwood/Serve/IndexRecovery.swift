import Application
import Composition
import Domain
import ZstdAdapter

/// Snapshots of the index, and what operators do about it, in the server.
struct IndexRecovery: Sendable {
  let snapshots: TakeSnapshots<ZstdCompression>
  let operations: OperateIndex<ZstdCompression>
  /// Takes the snapshots.
  let service: SnapshotService
  /// To be run before anything is appended.
  let informLog: InformLog
  private let telemetry: any Telemetry

  init(_ settings: Settings, _ ports: IndexRecoveryPorts) {
    var configuration = IndexRecoveryConfiguration()
    configuration.snapshotInterval = settings[ServeSettings.snapshotInterval]
    snapshots = TakeSnapshots(ports: ports, configuration: configuration, codec: ZstdCompression())
    operations = OperateIndex(ports, configuration)
    informLog = InformLog(ports: ports, configuration: configuration, codecs: .all)
    service = SnapshotService(
      snapshots: KeepSnapshots(ports: ports, configuration: configuration, snapshots: snapshots))
    telemetry = ports.telemetry
  }

  /// Writes the first generation marker where index and object store are both empty. Where the index was lost the server
  /// starts all the same: it takes events in, and answers incompletely, until an operator has the index rebuilt.
  func initialiseNewIndex() async {
    do throws(IndexOperationError) { _ = try await operations.initialise(discarding: false) } catch {
      if case .alreadyInitialised = error { return }
      telemetry.record(
        .trouble(area: "index", reason: "nothing is flushed and no answer is complete: \(error)"))
    }
  }
}

package import Application
package import Domain
import FoundationEssentials
package import Threads

/// Tenants, their keys and limits, from a JSON file that may change while it is used (its README has the format).
///
/// A change that cannot be read is told and changes nothing: what was read last stays in force.
package final class TenantFile<Digest: ObjectDigest>: TenantDirectory {
  /// How often the file is looked at.
  static var interval: Duration { .seconds(5) }

  package let path: String
  private let digest: Digest
  private let pool: ThreadPool
  private let clock: any WallClock
  private let telemetry: any Telemetry
  private let state: Lock<State>

  private struct State {
    var table: TenantTable
    var bytes: [UInt8]
    /// Why the file as it is now could not be read.
    var problem: TenantFileError?
  }

  /// Reads the file.
  package static func open(
    _ path: String, digest: Digest, pool: ThreadPool, clock: any WallClock, telemetry: any Telemetry
  ) async throws(TenantFileError) -> TenantFile {
    let bytes = try await pool.run { () throws(TenantFileError) in try Self.contents(of: path) }
    let table = try TenantFileParser(path: path).table(bytes)
    return TenantFile(path, table, bytes, digest, pool, clock, telemetry)
  }

  private init(
    _ path: String, _ table: TenantTable, _ bytes: [UInt8], _ digest: Digest, _ pool: ThreadPool,
    _ clock: any WallClock, _ telemetry: any Telemetry
  ) {
    self.path = path
    self.digest = digest
    self.pool = pool
    self.clock = clock
    self.telemetry = telemetry
    state = Lock(State(table: table, bytes: bytes, problem: nil))
  }

  private static func contents(of path: String) throws(TenantFileError) -> [UInt8] {
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
      throw TenantFileError(path, "", "it cannot be read: \(error)")
    }
    guard data.count <= TenantFileParser.maximumBytes else {
      throw TenantFileError(path, "", "\(data.count) bytes; at most \(TenantFileParser.maximumBytes) are read")
    }
    return [UInt8](data)
  }

  // MARK: TenantDirectory

  package var requiresKeys: Bool { state.withLock { !$0.table.keys.isEmpty } }

  package func tenant(
    forKey key: String?, naming tenant: TenantID?, to access: TenantAccess
  ) throws(TenantRefusal) -> TenantID {
    let keys = state.withLock { $0.table.keys }
    if keys.isEmpty { return tenant ?? .default }
    guard let key else { throw .keyMissing }
    guard key.utf8.count <= TenantKey.maximumBytes else { throw .keyUnknown }
    let hash = digest.sha256(Array(key.utf8).span)
    guard let entry = keys[hash] else { throw .keyUnknown }
    if let tenant, tenant != entry.tenant { throw .tenantMismatch(named: tenant) }
    guard entry.access.contains(access) else { throw .accessMissing(access) }
    return entry.tenant
  }

  package func limits(of tenant: TenantID) -> TenantLimits {
    state.withLock { ($0.table.limits[tenant] ?? TenantLimits()).filled(from: $0.table.defaults) }
  }

  // MARK: Changes

  /// Why the file as it is now is not in force; nil while it is.
  package var problem: TenantFileError? { state.withLock { $0.problem } }

  /// Follows the file until the task is cancelled. It is read every time: a mounted one may be replaced by one of the same size
  /// and time.
  package func follow() async {
    while !Task.isCancelled {
      do throws(CancellationError) { try await clock.sleep(for: Self.interval) } catch { return }
      await look()
    }
  }

  /// Reads the file now, and takes over what changed.
  package func look() async {
    do throws(TenantFileError) {
      let path = path
      let bytes = try await pool.run { () throws(TenantFileError) in try Self.contents(of: path) }
      guard state.withLock({ $0.bytes != bytes || $0.problem != nil }) else { return }
      let table = try TenantFileParser(path: path).table(bytes)
      state.withLock { $0 = State(table: table, bytes: bytes, problem: nil) }
      telemetry.record(.tenantsRead(tenants: table.limits.count, keys: table.keys.count))
    } catch {
      let isNews = state.withLock { state in
        defer { state.problem = error }
        return state.problem != error
      }
      if isNews { telemetry.record(.trouble(area: "tenants", reason: "\(error); what was read before stays in force")) }
    }
  }
}

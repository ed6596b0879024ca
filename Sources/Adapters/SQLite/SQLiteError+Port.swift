import Application
import Csqlite3

extension SQLiteError {
  /// What the caller of the port can do about it. The path is named: an operator has to find the file.
  func portError(path: String) -> ChunkIndexError {
    let reason = "index '\(path)': \(self)"
    return switch primaryCode {
    case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(reason: reason)
    // Another process writes for longer than the busy time-out.
    case SQLITE_BUSY, SQLITE_LOCKED: .unavailable(retryAfter: .milliseconds(500), reason: reason)
    // Space comes back with retention or an operator, not at once.
    case SQLITE_FULL: .unavailable(retryAfter: .seconds(10), reason: reason)
    case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL: .unavailable(retryAfter: .seconds(1), reason: reason)
    case SQLITE_INTERRUPT: .cancelled
    // Permission, a missing folder, a newer schema; and what a commit must not ask for, such as a key used before.
    default: .rejected(reason: reason)
    }
  }

  /// The same; a sync that failed is told, whatever the caller makes of it. SQLite takes the commit back then.
  func told(to telemetry: any Telemetry, path: String) -> ChunkIndexError {
    if isFailedSync {
      telemetry.record(.syncFailed(port: .chunkIndex, reason: "index '\(path)': \(self)"))
    }
    return portError(path: path)
  }
}

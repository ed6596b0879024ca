import Application
import Composition
import DiskAdapter
import RESTAdapter
import SQLiteAdapter
import Transport

/// What operators' commands work through: the running server, or the data folder itself, held for as long as the command
/// runs.
///
/// A command sees the same driving ports either way and need not know which it is.
struct OperatorConnection: Sendable {
  let deadLetters: any DeadLetterOperations
  let index: any IndexOperations

  /// Runs a command's work.
  ///
  /// Tries the folder's lock. With it, the backends are opened here and closed at the end; else the server that has it is
  /// asked over HTTP, at the address and with the token of its `server.json`.
  ///
  /// - Parameters:
  ///   - damagedIndex: What is done with an index that cannot be read, where no server has the folder.
  ///   - ingest: What may be taken where no server runs; a server goes by its own settings.
  ///   - console: Is told when a server takes long to answer.
  /// - Throws: `OperatorFailure`, or what `body` throws.
  static func open<Value: Sendable>(
    _ folder: String, damagedIndex: SQLiteChunkIndex.DamagePolicy = .refuse,
    ingest: IngestConfiguration = IngestConfiguration(), console: Console,
    _ body: (OperatorConnection) async throws -> Value
  ) async throws -> Value {
    let held: DataFolder
    do throws(DataFolderError) {
      guard try DataFolder.isUsed(folder) else { throw DataFolderError.notFound(folder) }
      held = try DataFolder.hold(folder, makesFolder: false)
    } catch {
      switch error {
      case .held: return try await withServer(of: folder, console, body)
      case .notFound: throw OperatorFailure.noFolder(folder)
      case .notPermitted(let reason): throw OperatorFailure.notPermitted(reason: reason)
      case .unavailable(let reason): throw OperatorFailure.unusable(reason: reason)
      }
    }
    defer { held.release() }
    return try await OperatorBackends.open(held, damagedIndex: damagedIndex, ingest) { try await body($0) }
  }

  private static func withServer<Value: Sendable>(
    of folder: String, _ console: Console, _ body: (OperatorConnection) async throws -> Value
  ) async throws -> Value {
    let note: RunningServerNote?
    do { note = try RunningServerNote(in: folder) } catch let error as DataFolderError {
      if case .notPermitted(let reason) = error { throw OperatorFailure.notPermitted(reason: reason) }
      throw OperatorFailure.unusable(reason: error.description)
    }
    guard let note else { throw OperatorFailure.heldWithoutNote(folder) }
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let client = AdminClient(
      host: note.address.host, port: Int(note.address.port), token: note.token.exposed, loop: loop
    ) {
      console.note("waiting for the server that has '\(folder)' to answer at http://\(note.address)")
    }
    return try await body(OperatorConnection(deadLetters: RemoteDeadLetters(client), index: RemoteIndex(client)))
  }
}

import Application
import Composition
import DiskAdapter
import Threads

/// Leaves `server.json` in the data folder for operators' commands, and takes it away at the stop. A full disk may have no
/// room for it at the start, which is no reason not to serve what is there: then it is tried again.
struct NoteService: Service {
  private static let retryWait = Duration.seconds(5)

  let name = "note for operators"
  private let note: RunningServerNote
  private let folder: DataFolder
  private let pool: ThreadPool
  private let clock: any WallClock
  /// At the start.
  private let isWritten: Bool

  /// Writes the note. Blocks for the length of a few system calls.
  init(
    leaving note: RunningServerNote, in folder: DataFolder, pool: ThreadPool, clock: any WallClock,
    telemetry: any Telemetry
  ) {
    self.note = note
    self.folder = folder
    self.pool = pool
    self.clock = clock
    do {
      try note.write(to: folder)
      isWritten = true
    } catch {
      telemetry.record(
        .trouble(area: "operations", reason: "operators' commands cannot reach this server yet: \(error)"))
      isWritten = false
    }
  }

  func run() async throws {
    var isWritten = isWritten
    while true {
      do throws(CancellationError) { try await clock.sleep(for: isWritten ? .seconds(3_600) : Self.retryWait) } catch {
        break
      }
      if !isWritten { isWritten = await pool.run { (try? note.write(to: folder)) != nil } }
    }
    // One that stays is only out of date, which the folder's lock tells.
    await pool.run { try? folder.remove(RunningServerNote.name) }
  }
}

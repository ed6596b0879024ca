import Application
import DiskAdapter
import Threads

/// How the data folder is: whether there is room to write, and what people should look at.
struct DataFolderHealth: Health {
  /// Less free space than this is none: a flush writes objects of up to `FLUSH_BYTES`, and the log, the index's own log and
  /// the dead letters want some beside it.
  static let leastFreeBytes = 16 << 20

  static let leastFreeFiles = 16

  let folder: String
  let log: DiskEventLog
  let deadLetters: DiskDeadLetterQueue
  let pool: ThreadPool

  func problems() async -> [String] {
    await space() + [await deadLetters.fullness()].compactMap { $0 } + log.failedWrites + log.failedReads
      + log.setbacks.map(\.description)
  }

  func notes() async -> [String] {
    (log.damagedFiles + deadLetters.damagedFiles).map {
      "something in '\($0)' is damaged; look at it, and remove it when it is of no more use"
    } + log.missingFiles.map { "a segment of the log was missing; remove '\($0)' when you know why" }
  }

  /// Parts of the folder may be on devices of their own.
  private func space() async -> [String] {
    await pool.run {
      var seen: Set<DeviceFacts> = []
      return ["", "/log", "/objects", "/dead-letters"].compactMap { part in
        let path = folder + part
        do throws(DeviceProbe.Failure) {
          let facts = try DeviceProbe(path).facts()
          return seen.insert(facts).inserted ? Self.problem(facts, path) : nil
        } catch { return "'\(path)' cannot be looked at: \(error)" }
      }
    }
  }

  private static func problem(_ facts: DeviceFacts, _ path: String) -> String? {
    if facts.freeBytes < leastFreeBytes {
      return "the device of '\(path)' is full: \(facts.freeBytes) bytes are free; free some"
    }
    guard let files = facts.freeFiles, files < leastFreeFiles else { return nil }
    return "the device of '\(path)' takes only \(files) more files: remove some"
  }
}

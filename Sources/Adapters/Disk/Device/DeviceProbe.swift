/// Tries a folder out: for whoever has to say why a server cannot work there, or only slowly. Every call blocks.
package struct DeviceProbe: Sendable {
  /// Why something could not be tried.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package let isMissing: Bool

    init(_ error: FileError) {
      description = error.description
      isMissing = error.kind == .notFound
    }
  }

  private let folder: String
  private let files = LocalFileSystem()

  package init(_ folder: String) { self.folder = folder }

  /// The device that the folder is on.
  package func facts() throws(Failure) -> DeviceFacts {
    do throws(FileError) { return try files.device(of: folder) } catch { throw Failure(error) }
  }

  /// Writes a small file and syncs it, over and over, as the log does; removes it again.
  ///
  /// - Parameter trials: 1 or more.
  /// - Returns: How long each sync took, the shortest first.
  package func syncDurations(trials: Int) throws(Failure) -> [Duration] {
    let path = folder + "/cordwood-probe" + FilePath.draftSuffix
    do throws(FileError) {
      let file = try files.open(path, .replace)
      defer { try? files.remove(path) }
      let block = [UInt8](repeating: 0x2e, count: 4_096)
      var durations: [Duration] = []
      for trial in 0..<trials {
        try file.write(block.span, at: trial * block.count)
        let began = ContinuousClock.now
        try file.sync()
        durations.append(ContinuousClock.now - began)
      }
      return durations.sorted()
    } catch { throw Failure(error) }
  }

  /// Whether a process holds the folder, which has to be one of those that have a lock: a log's, an agent's state.
  ///
  /// - Throws: If there is no such folder, or its lock cannot be looked at.
  package func isHeld() throws(Failure) -> Bool {
    do throws(FileError) {
      let file = try files.open(folder + "/" + FolderLock.fileName, .read)
      return try !file.lock()
    } catch { throw Failure(error) }
  }
}

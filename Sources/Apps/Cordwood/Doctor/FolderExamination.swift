import DiskAdapter
import FoundationEssentials
import Threads

/// The data folder and the device under it.
struct FolderExamination: Examination {
  /// Below it the server runs full within minutes at a modest rate.
  static let scarceBytes = 1 << 30
  /// Share of the device.
  static let scarceShare = 0.05
  /// A sync of a good disk takes 0.1 to 5 ms; each round of acknowledgements waits for one.
  static let slowSync = Duration.milliseconds(50)
  static let trials = 9

  let folder: String
  let pool: ThreadPool

  func findings() async -> [Finding] {
    await pool.run { examine() }
  }

  private func examine() -> [Finding] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { return missing() }
    guard isFolder else {
      return [.error("data folder", "'\(folder)' is no folder", "give another DATA_DIR, or move that file away")]
    }
    return device(of: folder) + syncs()
  }

  private func missing() -> [Finding] {
    var parent = URL(fileURLWithPath: folder).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: parent.path), parent.path != "/" { parent.deleteLastPathComponent() }
    guard takesFolders(parent) else {
      return [
        .error(
          "data folder", "'\(folder)' does not exist, and cannot be made in '\(parent.path)'",
          "make it for the user who runs the server, or give another DATA_DIR")
      ]
    }
    return [.ok("data folder", "'\(folder)' does not exist yet: the first start makes it")] + device(of: parent.path)
  }

  /// By trying: root may write everywhere, and yet there are places that take nothing (`/proc`, a medium that is read-only).
  private func takesFolders(_ parent: URL) -> Bool {
    let trial = parent.appendingPathComponent("cordwood-doctor-\(UUID().uuidString)").path
    guard (try? FileManager.default.createDirectory(atPath: trial, withIntermediateDirectories: false)) != nil else {
      return false
    }
    try? FileManager.default.removeItem(atPath: trial)
    return true
  }

  private func device(of path: String) -> [Finding] {
    let facts: DeviceFacts
    do throws(DeviceProbe.Failure) { facts = try DeviceProbe(path).facts() } catch {
      return [.error("device", "\(error)", "let the user who runs the server read and write the data folder")]
    }
    return [space(facts), files(facts), kind(facts)].compactMap { $0 }
  }

  private func space(_ facts: DeviceFacts) -> Finding {
    let text = "\(FigureText.bytes(facts.freeBytes)) of \(FigureText.bytes(facts.totalBytes)) are free"
    if facts.freeBytes < 64 << 20 {
      return .error("free space", text, "free some: without space nothing is acknowledged")
    }
    if facts.freeBytes < Self.scarceBytes || Double(facts.freeBytes) < Self.scarceShare * Double(facts.totalBytes) {
      return .warning("free space", text, "free some soon: without space nothing is acknowledged")
    }
    return .ok("free space", text)
  }

  private func files(_ facts: DeviceFacts) -> Finding? {
    guard let free = facts.freeFiles, free < 10_000 else { return nil }
    return .warning("free inodes", "the device takes \(free) more files", "remove files that are not needed")
  }

  private func kind(_ facts: DeviceFacts) -> Finding? {
    switch facts.kind {
    case .local: nil
    case .memory:
      .warning("file system", "the data is in memory (tmpfs)", "it is gone with the machine: keep it on a disk")
    case .network(let name):
      .warning(
        "file system", "the data is on \(name)",
        "the embedded index wants a local disk (sqlite.org, \"How To Corrupt\"): locks over a network may fail")
    }
  }

  private func syncs() -> [Finding] {
    do throws(DeviceProbe.Failure) {
      let durations = try DeviceProbe(folder).syncDurations(trials: Self.trials)
      let median = durations[durations.count / 2]
      let text =
        "a sync takes \(FigureText.milliseconds(median)) (the slowest of \(Self.trials): "
        + "\(FigureText.milliseconds(durations[durations.count - 1])))"
      return [
        median < Self.slowSync
          ? .ok("writing", text)
          : .warning("writing", text, "a faster disk, or fewer writers on it: every acknowledgement waits for a sync")
      ]
    } catch {
      return [.error("writing", "\(error)", "let the user who runs the server write the data folder; free space")]
    }
  }
}

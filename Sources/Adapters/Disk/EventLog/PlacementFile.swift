import Application
import Domain

/// The list of placements that a log ever had: a file of frames, each the version, the number of partitions and the spread
/// (4 bytes each).
enum PlacementFile {
  static let name = "placements"
  private static let kind = FrameFileKind(magic: "cwplaced", version: 1, frameBytes: 64)

  /// Reads the list, and adds a placement if the last one is not as configured. Blocks.
  static func placements(
    _ configuration: DiskEventLogConfiguration, _ files: any FileSystem
  ) throws(EventLogError) -> [Placement] {
    var placements: [Placement] = []
    do throws(FrameFileError) {
      var file = try FrameFile.open(configuration.folder + "/" + name, kind, files) {
        content, _ throws(DecodingError) in try add(content, to: &placements)
      }.file
      if let last = placements.last {
        let isAsConfigured = last.partitions == configuration.partitions && last.spread == configuration.spread
        if isAsConfigured || configuration.keepsPlacements { return placements }
      }
      let placement = Placement(
        version: UInt32(placements.count), partitions: configuration.partitions, spread: configuration.spread)
      placements.append(placement)
      try FrameFileError.translating { () throws(FileError) in _ = try file.append([placement.encoded], syncs: true) }
      return placements
    } catch {
      switch error {
      case .file(let error): throw EventLogError(writing: error, retryAfter: configuration.retryAfter)
      case .foreign(let reason), .corrupt(let reason): throw .rejected(reason: reason)
      }
    }
  }

  /// Reads the list and leaves it as it is; empty if there is none. Blocks.
  static func look(in folder: String, _ files: any FileSystem) throws(EventLogError) -> [Placement] {
    var placements: [Placement] = []
    do throws(FrameFileError) {
      _ = try FrameFile.look(at: folder + "/" + name, kind, files) { content, _, _ throws(DecodingError) in
        try add(content, to: &placements)
      }
      return placements
    } catch {
      switch error {
      case .file(let error): throw EventLogError(reading: error)
      case .foreign(let reason), .corrupt(let reason): throw .rejected(reason: reason)
      }
    }
  }

  private static func add(_ content: [UInt8], to placements: inout [Placement]) throws(DecodingError) {
    let placement = try Placement(content.span)
    guard Int(placement.version) == placements.count else {
      throw DecodingError(.malformed, at: 0, "placement \(placement.version) is out of order")
    }
    placements.append(placement)
  }
}

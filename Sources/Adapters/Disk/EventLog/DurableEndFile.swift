import Application
import Domain

/// Up to where a partition was durable when the log was opened or closed last, beside its segments: what is missing below it
/// is damage, even at the very end, where no later frame could tell.
///
/// A file of one frame: the epoch's 16 bytes and the offset (8). The end never moves back within an epoch, so an old mark is
/// right as long as it is there; without one, or with one that cannot be read, only less is known.
enum DurableEndFile {
  static let name = "durable-end"
  private static let kind = FrameFileKind(magic: "cwlogend", version: 1, frameBytes: 64)
  private static let contentBytes = 24

  /// The offset below which everything was durable once; 0 if nothing is known. Blocks.
  static func read(in folder: String, of epoch: LogEpoch, _ files: any FileSystem) -> UInt64 {
    do throws(FileError) {
      let start = FrameFile.headerBytes + Frame.headerBytes
      let bytes = try files.open(folder + "/" + name, .read).read(start + contentBytes + 1, at: 0)
      guard bytes.count == start + contentBytes else { return 0 }
      let offset = bytes.span.uint64(at: start + 16)
      // Its content is known but for the offset: anything else is damage, or of another epoch.
      return bytes == encoded(offset, epoch) ? offset : 0
    } catch { return 0 }
  }

  /// Writes the mark if it does not say so already. Without space the old one stays. Blocks.
  static func keep(_ end: UInt64, in folder: String, of epoch: LogEpoch, _ files: any FileSystem) {
    if read(in: folder, of: epoch, files) == end { return }
    do throws(FileError) { try files.replace(folder + "/" + name, with: encoded(end, epoch)) } catch {}
  }

  private static func encoded(_ end: UInt64, _ epoch: LogEpoch) -> [UInt8] {
    var content: [UInt8] = []
    epoch.value.append(to: &content)
    content.append(uint64: end)
    return FrameFile.encoded(kind, [content])
  }
}

import Application
import Domain

/// Up to where a partition was durable when somebody last looked, beside its segments: what is missing below it is damage, even
/// at the very end, where no later frame could tell.
///
/// A file of one frame: the epoch's 16 bytes, the offset (8), and a byte that is 1 after a clean stop. The end never moves back
/// within an epoch, so an old mark is right as long as it is there; without one, or with one that cannot be read, only less is
/// known.
struct DurableEndFile: Equatable, Sendable {
  static let name = "durable-end"
  private static let kind = FrameFileKind(magic: "cwlogend", version: 1, frameBytes: 64)
  /// Those of older builds end before the last byte.
  private static let contentBytes = 25

  /// Everything below it was durable once.
  let offset: UInt64
  /// Nothing was behind it either: the log was closed there.
  let isExact: Bool

  /// What is known; nil if nothing is. Blocks.
  static func read(in folder: String, of epoch: LogEpoch, _ files: any FileSystem) -> DurableEndFile? {
    do throws(FileError) {
      let start = FrameFile.headerBytes + Frame.headerBytes
      let bytes = try files.open(folder + "/" + name, .read).read(start + contentBytes + 1, at: 0)
      guard bytes.count >= start + 24 else { return nil }
      // Its content is known but for the offset and the last byte: anything else is damage, or of another epoch.
      let offset = bytes.span.uint64(at: start + 16)
      let candidates = [DurableEndFile(offset: offset, isExact: false), DurableEndFile(offset: offset, isExact: true)]
      if let found = candidates.first(where: { bytes == $0.encoded(epoch) }) { return found }
      return bytes == candidates[0].encodedByOlderBuilds(epoch) ? candidates[0] : nil
    } catch { return nil }
  }

  /// Writes the mark durably, unless it is the `known` one, which is there. Without space the old one stays. Blocks.
  func keep(in folder: String, of epoch: LogEpoch, over known: DurableEndFile?, _ files: any FileSystem) {
    if known == self { return }
    do throws(FileError) { try files.replace(folder + "/" + Self.name, with: encoded(epoch)) } catch {}
  }

  /// Writes the mark over the old one without waiting for the device: after the loss of power the old one may be there, or
  /// none that can be read. Blocks, though not for a sync.
  func note(in folder: String, of epoch: LogEpoch, _ files: any FileSystem) {
    do throws(FileError) {
      try files.open(folder + "/" + Self.name, .update).write(encoded(epoch).span, at: 0)
    } catch {}
  }

  private func encoded(_ epoch: LogEpoch) -> [UInt8] {
    FrameFile.encoded(Self.kind, [content(epoch) + [isExact ? 1 : 0]])
  }

  private func encodedByOlderBuilds(_ epoch: LogEpoch) -> [UInt8] { FrameFile.encoded(Self.kind, [content(epoch)]) }

  private func content(_ epoch: LogEpoch) -> [UInt8] {
    var content: [UInt8] = []
    epoch.value.append(to: &content)
    content.append(uint64: offset)
    return content
  }
}

import Application
import Domain

/// The epoch of a partition a second time, beside its segments: without it nothing in a segment can be told from bytes that
/// only look like a record, so the damaged header of an only segment would cost all of it.
///
/// A file of one frame, the epoch's 16 bytes. What the headers of the segments say goes before it.
enum EpochFile {
  static let name = "epoch"
  private static let kind = FrameFileKind(magic: "cwlogepo", version: 1, frameBytes: 64)

  /// Nil if there is no such file, or none that can be read. Blocks.
  static func read(in folder: String, _ files: any FileSystem) -> LogEpoch? {
    var epoch: LogEpoch?
    do throws(FileError) {
      let bytes = try files.open(folder + "/" + name, .read).read(FrameFile.headerBytes + 64, at: 0)
      epoch = Self.epoch(bytes)
    } catch {
      // As without it: the headers decide.
    }
    return epoch
  }

  /// Writes the copy if it is not there. Without space there is none: the headers do, and the next start tries again. Blocks.
  static func keep(_ epoch: LogEpoch, in folder: String, _ files: any FileSystem) {
    if read(in: folder, files) == epoch { return }
    do throws(FileError) { try files.replace(folder + "/" + name, with: encoded(epoch)) } catch {}
  }

  static func encoded(_ epoch: LogEpoch) -> [UInt8] {
    var content: [UInt8] = []
    epoch.value.append(to: &content)
    return FrameFile.encoded(kind, [content])
  }

  /// Its content is known but for the epoch: anything else is damage.
  private static func epoch(_ bytes: [UInt8]) -> LogEpoch? {
    let start = FrameFile.headerBytes + Frame.headerBytes
    guard bytes.count == start + 16 else { return nil }
    var cursor = ByteCursor(at: start, end: bytes.count)
    do throws(DecodingError) {
      let epoch = LogEpoch(try Identifier128(bytes.span, at: &cursor))
      return encoded(epoch) == bytes ? epoch : nil
    } catch { return nil }
  }
}

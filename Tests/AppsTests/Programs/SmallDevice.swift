import Foundation
import Glibc
import Testing

/// A file system of a few megabytes in memory, mounted on a folder, that can be filled.
final class SmallDevice: Sendable {
  /// Only who may mount can have one.
  static let isAllowed: Bool = {
    guard geteuid() == 0, let folder = try? ScratchFolder() else { return false }
    guard let device = try? SmallDevice(on: folder.path(of: "probe"), megabytes: 1) else { return false }
    device.remove()
    return true
  }()

  struct Refused: Error {}

  let path: String

  init(on path: String, megabytes: Int) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard unsafe mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else { throw Refused() }
  }

  deinit { remove() }

  /// What uses it keeps it until it ends.
  func remove() { _ = unsafe umount2(path, CInt(MNT_DETACH)) }

  var freeBytes: Int {
    get throws {
      let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
      return try #require(attributes[.systemFreeSize] as? Int)
    }
  }

  /// Takes all space but what is given.
  func fill(leaving bytes: Int = 0) throws {
    let ballast = Data(repeating: 1, count: max(0, try freeBytes - bytes))
    try Data().write(to: URL(fileURLWithPath: path + "/ballast"))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/ballast"))
    // The last page or two may not fit: the device is full then, which is what is wanted.
    try? file.write(contentsOf: ballast)
    try? file.close()
  }

  func makeRoom() throws { try FileManager.default.removeItem(atPath: path + "/ballast") }
}

import Foundation

enum FolderSize {
  /// Bytes of all files below `folder`.
  static func bytes(below folder: String) -> Int {
    let files = FileManager.default.enumerator(
      at: URL(filePath: folder), includingPropertiesForKeys: [.fileSizeKey, .isRegularFileKey])
    var total = 0
    while let file = files?.nextObject() as? URL {
      guard let values = try? file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey]) else { continue }
      if values.isRegularFile == true { total += values.fileSize ?? 0 }
    }
    return total
  }
}

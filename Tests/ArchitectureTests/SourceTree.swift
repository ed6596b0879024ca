import Foundation

/// The folders of the package: which files there are, and which modules are C libraries.
struct SourceTree: Sendable {
  let files: [SourceFile]
  /// Every folder of `Sources/Adapters/CLibraries`.
  let cLibraries: Set<String>

  init(files: [SourceFile], cLibraries: Set<String>) {
    self.files = files
    self.cLibraries = cLibraries
  }

  /// The package that this file was compiled from, read once.
  static func ofThisPackage() throws -> SourceTree { try thisPackage.get() }

  private static let thisPackage = Result { try read() }

  private static func read() throws -> SourceTree {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try ["Sources", "Tests"].flatMap { try swiftFiles(below: $0, in: root) }
    let libraries = try FileManager.default.contentsOfDirectory(atPath: root.path + "/Sources/Adapters/CLibraries")
    return SourceTree(files: files, cLibraries: Set(libraries))
  }

  private static func swiftFiles(below folder: String, in root: URL) throws -> [SourceFile] {
    let names =
      FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let url = root.appending(path: folder).appending(path: name)
      return SourceFile(path: "\(folder)/\(name)", text: try String(contentsOf: url, encoding: .utf8))
    }
  }
}

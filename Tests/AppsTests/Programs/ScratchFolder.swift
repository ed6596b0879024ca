import Foundation

/// A fresh folder, removed with its last reference.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "cordwood-apps-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(of name: String) -> String { "\(path)/\(name)" }

  /// Empty for a file that is not there.
  func text(of name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path(of: name)) ?? Data(), as: UTF8.self)
  }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(of: name)))
    return path(of: name)
  }

  /// The files below a folder of it whose names end so, sorted.
  func files(below name: String, endingIn suffix: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: path(of: name))?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(path(of: name))/\($0)" }
  }
}

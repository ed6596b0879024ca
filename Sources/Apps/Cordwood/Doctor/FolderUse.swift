import DiskAdapter

/// Who has the data folder.
enum FolderUse: Sendable {
  /// Nobody: it is held for the examination, so that nobody begins to write meanwhile. Nil where there is no lock to hold.
  case nobody(DataFolder?)
  /// A server, or another operator's command.
  case somebody
  case unknown(reason: String)

  var isSomebody: Bool {
    if case .somebody = self { true } else { false }
  }

  /// Blocks for the length of a few system calls.
  init(of folder: String) {
    do throws(DataFolderError) { self = .nobody(try DataFolder.holdIfUsed(folder)) } catch {
      switch error {
      case .held: self = .somebody
      case .notFound: self = .nobody(nil)
      case .notPermitted(let reason), .unavailable(let reason): self = .unknown(reason: reason)
      }
    }
  }
}

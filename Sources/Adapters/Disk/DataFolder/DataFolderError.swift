/// Why the data folder cannot be used.
package enum DataFolderError: Error, Equatable, Sendable, CustomStringConvertible {
  case notFound(String)
  /// Another process has it.
  case held(String)
  case notPermitted(reason: String)
  case unavailable(reason: String)

  init(_ error: FileError, folder: String) {
    switch error.kind {
    case .notFound: self = .notFound(folder)
    case .notPermitted: self = .notPermitted(reason: error.description)
    case .exists, .full, .unsuitableName, .other: self = .unavailable(reason: error.description)
    }
  }

  package var description: String {
    switch self {
    case .notFound(let folder): "there is no folder '\(folder)'"
    case .held(let folder): FolderLock.explanation(folder)
    case .notPermitted(let reason), .unavailable(let reason): reason
    }
  }
}

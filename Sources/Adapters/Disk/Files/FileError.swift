/// A call of the operating system that failed: what was tried, on what, and its error number.
struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What a caller can do about it.
  enum Kind: Equatable, Sendable {
    case notFound
    case exists
    /// No space on the device, quota used up, or the process's limit on file sizes.
    case full
    /// A folder where a file should be, or the reverse; a name that is too long.
    case unsuitableName
    case notPermitted
    case other
  }

  let operation: FileOperation
  let path: String
  /// `errno`.
  let code: Int32
  let kind: Kind

  init(_ operation: FileOperation, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
    kind = Kind(code)
  }

  var description: String { "\(operation.rawValue) '\(path)': \(SystemErrors.text(code))" }
}

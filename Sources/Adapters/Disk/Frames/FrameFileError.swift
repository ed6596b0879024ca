/// Why a file of frames cannot be used.
enum FrameFileError: Error, Sendable, CustomStringConvertible {
  case file(FileError)
  /// A version that this build does not know, or another kind of file: what, where, what to do.
  case foreign(reason: String)
  /// Something that was durable is not as it was written.
  case corrupt(reason: String)

  /// Runs calls on files.
  static func translating<Value>(_ body: () throws(FileError) -> Value) throws(FrameFileError) -> Value {
    do throws(FileError) { return try body() } catch { throw .file(error) }
  }

  var description: String {
    switch self {
    case .file(let error): error.description
    case .foreign(let reason), .corrupt(let reason): reason
    }
  }
}

import Foundation

/// A console's two streams as pipes that a test can read.
final class PipePair {
  let output = Pipe()
  let error = Pipe()

  var outputDescriptor: Int32 { output.fileHandleForWriting.fileDescriptor }
  var errorDescriptor: Int32 { error.fileHandleForWriting.fileDescriptor }

  /// Closes the writing ends and gives what was written: at most the 64 KiB that a pipe holds.
  func texts() throws -> (output: String, error: String) {
    try (text(of: output), text(of: error))
  }

  private func text(of pipe: Pipe) throws -> String {
    try pipe.fileHandleForWriting.close()
    return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }
}

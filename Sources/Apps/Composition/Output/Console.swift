import Threads

/// Standard output and standard error, written a whole line at a time with write(2): nothing waits in a buffer, and lines of
/// concurrent tasks do not mix. (`print` buffers by the block when it writes to a pipe.)
///
/// Blocks while the reader is slow: not for an event loop. Safe to use from any thread.
package struct Console: Sendable {
  package let output: Terminal
  package let error: Terminal
  private let outputStream: DescriptorWriter
  private let errorStream: DescriptorWriter

  /// - Parameters:
  ///   - output: The descriptors to write to. Not closed by the console.
  package init(output: Int32 = 1, error: Int32 = 2, environment: [String: String]) {
    self.output = Terminal(descriptor: output, environment: environment)
    self.error = Terminal(descriptor: error, environment: environment)
    outputStream = DescriptorWriter(output)
    errorStream = DescriptorWriter(error)
  }

  /// Writes `line` and a newline to standard output.
  ///
  /// - Throws: `.closed` once the reader has gone (`cordwood query | head -1`): stop, and let it end the program, which
  ///   `Program` takes for a quiet success.
  package func print(_ line: String) throws(OutputError) {
    try write(Array((line + "\n").utf8))
  }

  /// Writes `bytes` to standard output as they are: many lines at once, where one call a line would cost too much.
  package func write(_ bytes: [UInt8]) throws(OutputError) {
    switch outputStream.write(bytes) {
    case .written: return
    case .readerIsGone: throw .closed
    case .failed(let code): throw .failed(errno: code)
    }
  }

  /// Writes `line` and a newline to standard error. There is nobody to tell when that fails.
  package func note(_ line: String) {
    _ = errorStream.write(Array((line + "\n").utf8))
  }

  /// Writes `text` to standard error as it is: a progress bar that begins with a carriage return.
  package func draw(_ text: String) {
    _ = errorStream.write(Array(text.utf8))
  }
}

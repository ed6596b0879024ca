import Glibc

/// A file, a pipe or standard input, read from its start to its end.
@safe
final class SequentialFile: Sendable {
  let path: String
  private let descriptor: CInt

  /// - Parameter path: `-` for standard input, which stays open when this goes.
  init(_ path: String) throws(FileError) {
    self.path = path
    if path == "-" {
      descriptor = STDIN_FILENO
    } else {
      descriptor = repeatWhileInterrupted { unsafe open(path, O_RDONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw FileError(.open, path, code: errno) }
    }
  }

  deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

  /// Nil for what has no size, such as a pipe.
  func size() -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Waits for bytes, the end or an error. Always true of what `poll` does not know, such as regular files.
  func hasNews(withinMilliseconds limit: CInt) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return repeatWhileInterrupted { unsafe poll(&state, 1, limit) } != 0
  }

  /// 1 to `limit` bytes, as soon as there are some; none at the end. Blocks while a pipe is empty.
  func read(upTo limit: Int) throws(FileError) -> [UInt8] {
    var code: CInt = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      let done = repeatWhileInterrupted { unsafe Glibc.read(descriptor, buffer.baseAddress, limit) }
      if done < 0 { code = errno }
      filled = max(done, 0)
    }
    if code != 0 { throw FileError(.read, path, code: code) }
    return bytes
  }
}

import Clinux
import Glibc

/// A descriptor for reading with one owner.
@safe
final class LocalReadableFile: ReadableFile {
  private let path: String
  private let descriptor: CInt

  /// Never waits: a pipe without a writer is opened at once, a terminal does not become the process's own.
  init(_ path: String) throws(FileError) {
    descriptor = repeatWhileInterrupted { unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError(.open, path, code: errno) }
    self.path = path
  }

  deinit { close(descriptor) }

  func state() throws(FileError) -> FileState {
    var state = statx()
    guard unsafe statx_descriptor(descriptor, &state) == 0 else { throw FileError(.stat, path, code: errno) }
    return FileState(state)
  }

  func read(_ limit: Int, at position: UInt64) throws(FileError) -> [UInt8] {
    guard let start = off_t(exactly: position) else { return [] }
    var code: CInt = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      while filled < limit {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let done = repeatWhileInterrupted {
          unsafe pread(descriptor, rest.baseAddress, rest.count, start + off_t(filled))
        }
        if done < 0 { code = errno }
        if done <= 0 { return }
        filled += done
      }
    }
    if code != 0 { throw FileError(.read, path, code: code) }
    // Whoever keeps a few bytes must not keep the room for many.
    return bytes.count < limit / 2 ? Array(bytes.prefix(bytes.count).map { $0 }) : bytes
  }
}

import Glibc

/// A file descriptor with one owner.
@safe
final class LocalFile: File {
  let path: String
  private let descriptor: CInt

  init(_ path: String, _ mode: OpenMode) throws(FileError) {
    let flags: CInt =
      switch mode {
      case .read: O_RDONLY
      case .update: O_RDWR
      case .create: O_RDWR | O_CREAT
      case .replace: O_RDWR | O_CREAT | O_TRUNC
      }
    let opened = repeatWhileInterrupted { unsafe Glibc.open(path, flags | O_CLOEXEC, Self.permissions) }
    guard opened >= 0 else { throw FileError(.open, path, code: errno) }
    self.path = path
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Logs are nobody else's business.
  private static let permissions: mode_t = 0o600

  func size() throws(FileError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(.stat, path, code: errno) }
    return Int(status.st_size)
  }

  func read(_ count: Int, at position: Int) throws(FileError) -> [UInt8] {
    var code: CInt = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let done = repeatWhileInterrupted {
          unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(position + filled))
        }
        if done < 0 { code = errno }
        if done <= 0 { return }
        filled += done
      }
    }
    if code != 0 { throw FileError(.read, path, code: code) }
    return bytes
  }

  func write(_ bytes: Span<UInt8>, at position: Int) throws(FileError) {
    let code = unsafe bytes.withUnsafeBytes { buffer -> CInt in
      var written = 0
      while written < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        let done = repeatWhileInterrupted {
          unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(position + written))
        }
        if done < 0 { return errno }
        // A regular file takes at least a byte or says why not; 0 would make this loop endless.
        if done == 0 { return EIO }
        written += done
      }
      return 0
    }
    if code != 0 { throw FileError(.write, path, code: code) }
  }

  func sync() throws(FileError) {
    guard repeatWhileInterrupted({ Int(fdatasync(descriptor)) }) == 0 else { throw FileError(.sync, path, code: errno) }
  }

  func truncate(to size: Int) throws(FileError) {
    guard repeatWhileInterrupted({ Int(ftruncate(descriptor, off_t(size))) }) == 0 else {
      throw FileError(.truncate, path, code: errno)
    }
  }

  func lock() throws(FileError) -> Bool {
    if repeatWhileInterrupted({ Int(flock(descriptor, LOCK_EX | LOCK_NB)) }) == 0 { return true }
    if errno == EWOULDBLOCK { return false }
    throw FileError(.lock, path, code: errno)
  }
}

import Glibc

/// Ends a wait in poll(2) from another thread.
@safe
final class WakePipe: Sendable {
  let readingEnd: CInt
  private let writingEnd: CInt

  init() throws(FileError) {
    var ends: [CInt] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw FileError(.open, "pipe", code: errno) }
    readingEnd = ends[0]
    writingEnd = ends[1]
    // pipe2(2) is not in Glibc's module; a child that is started just now keeps two descriptors more, no harm.
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(readingEnd)
    close(writingEnd)
  }

  /// Never blocks: if the pipe is full it wakes already.
  func wake() {
    var byte: UInt8 = 0
    _ = unsafe write(writingEnd, &byte, 1)
  }

  /// Takes back what was said so far.
  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(readingEnd, &bytes, bytes.count) > 0 {}
  }
}

import Glibc

/// Ends a wait in poll(2) from another thread: whoever waits polls `readingEnd` too.
package final class WakePipe: Sendable {
  package let readingEnd: CInt
  private let writingEnd: CInt

  /// Nil if no file descriptor is free.
  package init?() {
    var ends: [CInt] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return nil }
    readingEnd = ends[0]
    writingEnd = ends[1]
    // pipe2(2) is not in Glibc's module; a child that is started just now has two descriptors more, which does no harm.
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
  package func wake() {
    var byte: UInt8 = 0
    _ = unsafe write(writingEnd, &byte, 1)
  }

  /// Takes back what was said so far.
  ///
  /// Who waits for a condition that the waker sets takes back first and looks at the condition then: the other way round a
  /// wake between both is lost.
  package func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(readingEnd, &bytes, bytes.count) > 0 {}
  }

  /// Waits until it is woken or time is up.
  package func wait(milliseconds: CInt) {
    var state = pollfd(fd: readingEnd, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&state, 1, milliseconds)
  }
}

import Glibc

/// Writes to a file descriptor that somebody else owns, each call whole and not mixed with another's.
///
/// Blocks until all is written. SIGPIPE must be ignored (`TerminationSignals.block` does it), else a reader that goes ends the
/// process.
package final class DescriptorWriter: Sendable {
  package enum Outcome: Equatable, Sendable {
    case written
    /// EPIPE: the other end of a pipe or connection is closed.
    case readerIsGone
    case failed(errno: Int32)
  }

  private let turn: Lock<Int32>

  package init(_ descriptor: Int32) {
    turn = Lock(descriptor)
  }

  package func write(_ bytes: [UInt8]) -> Outcome {
    turn.withLock { descriptor in
      var written = 0
      while written < bytes.count {
        let count = unsafe bytes.withUnsafeBytes { buffer in
          // `!`: the loop's condition says that there are bytes.
          unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        }
        if count >= 0 {
          written += count
        } else if errno == EAGAIN {
          // Somebody who shares the terminal has made it non-blocking.
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&wait, 1, -1)
        } else if errno != EINTR {
          return errno == EPIPE ? .readerIsGone : .failed(errno: errno)
        }
      }
      return .written
    }
  }
}

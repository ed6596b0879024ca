import Glibc
import Threads

/// What the kernel tells of changes in folders: inotify(7).
@safe
final class FolderEvents: Sendable {
  /// Names a watched folder in its events.
  typealias Watch = CInt

  private let descriptor: CInt
  /// Read at once: some 1,500 events with names of usual length.
  private static let bufferBytes = 64 << 10

  /// - Throws: Where inotify is not there, or the user has as many instances as he may
  ///   (`fs.inotify.max_user_instances`, 128).
  init() throws(FileError) {
    descriptor = inotify_init()
    guard descriptor >= 0 else { throw FileError(.watch, "inotify", code: errno) }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Watches a folder from now on; one that is watched already gives the same number, whatever its path.
  ///
  /// - Throws: Code ENOSPC if the user has as many watches as he may (`fs.inotify.max_user_watches`).
  func watch(_ folder: String) throws(FileError) -> Watch {
    let events =
      IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF
    let watch = unsafe inotify_add_watch(descriptor, folder, UInt32(events) | UInt32(IN_ONLYDIR))
    guard watch >= 0 else { throw FileError(.watch, folder, code: errno) }
    return watch
  }

  func unwatch(_ watch: Watch) { _ = inotify_rm_watch(descriptor, watch) }

  /// Waits until there are events, or `pipe` wakes, or time is up.
  ///
  /// - Parameter pipe: What wakes.
  /// - Returns: Whether there are events.
  func wait(milliseconds: CInt, orFor pipe: WakePipe) -> Bool {
    var states = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipe.readingEnd, events: Int16(POLLIN), revents: 0),
    ]
    _ = unsafe poll(&states, 2, milliseconds)
    return states[0].revents != 0
  }

  /// What waits to be told, at most one buffer full; none if nothing does.
  func next() throws(FileError) -> [FolderEvent] {
    var events: [FolderEvent] = []
    var code: CInt = 0
    unsafe withUnsafeTemporaryAllocation(byteCount: Self.bufferBytes, alignment: 8) { buffer in
      let count = repeatWhileInterrupted { unsafe read(descriptor, buffer.baseAddress, buffer.count) }
      if count < 0, errno != EAGAIN { code = errno }
      var offset = 0
      let header = MemoryLayout<inotify_event>.size
      while offset + header <= count {
        let event = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        let end = offset + header + Int(event.len)
        let name = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset + header..<end]).prefix { $0 != 0 }
        let text = unsafe String(validating: name, as: UTF8.self)
        events.append(FolderEvent(watch: event.wd, signs: FolderEvent.Signs(rawValue: event.mask), name: text ?? ""))
        offset = end
      }
    }
    if code != 0 { throw FileError(.watch, "inotify", code: code) }
    return events
  }
}

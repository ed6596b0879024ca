import Cevent
import Glibc
import Synchronization

/// A connected socket with its output queue. Every byte of a connection is read and written here and nowhere else, so TLS
/// will slip in behind this type.
///
/// Confined to its loop. Read events are edge-triggered and stay for the socket's life: not reading costs no system call,
/// and a reset or close is noticed also while nobody reads. So who gets a read event reads until `.wouldBlock`, or
/// remembers that an edge is open.
@safe
final class Socket {
  enum Received {
    /// So many bytes stand at the start of the loop's read buffer.
    case bytes(Int)
    case wouldBlock
    /// The peer closed its side.
    case ended
    case failed(detail: String)
  }

  enum Flushed {
    case all
    /// The kernel takes no more for now; `writable` follows.
    case blocked
    case failed(detail: String)
  }

  /// Below this, copying into the queue is cheaper than keeping the array alive until it is sent.
  static let copyLimitBytes = 4096
  /// Linux's POLLRDHUP, which Glibc's module lacks without _GNU_SOURCE.
  private static let pollPeerClosed: Int16 = 0x2000

  /// Owns this socket; nil before it is registered and after the close.
  var owner: LoopConnection?
  /// The peer's FIN was seen, perhaps behind bytes not yet read.
  private(set) var hasPeerClosed = false
  /// `127.0.0.1:52110`, `[::1]:52110`.
  let peer: String

  private let loop: EventLoop
  private let descriptor: Int32
  private let counters: ServerCounters?
  private let output: OpaquePointer
  private var readEvent: OpaquePointer?
  private var writeEvent: OpaquePointer?
  private var isWaitingToWrite = false

  /// - Parameter descriptor: Connected and non-blocking; the socket closes it.
  init(loop: EventLoop, descriptor: Int32, counters: ServerCounters?) {
    self.loop = loop
    self.descriptor = descriptor
    self.counters = counters
    peer = SocketAddress.peer(of: descriptor)?.description ?? "unknown"
    unsafe output = evbuffer_new()
    SocketOptions.apply(to: descriptor)
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe readEvent = event_new(
      loop.base, descriptor, Int16(EV_READ | EV_CLOSED | EV_PERSIST | EV_ET),
      { _, what, me in
        let socket = unsafe Unmanaged<Socket>.fromOpaque(me!).takeUnretainedValue()
        if what & Int16(EV_CLOSED) != 0 { socket.hasPeerClosed = true }
        socket.owner?.readable()
      }, me)
    unsafe writeEvent = event_new(
      loop.base, descriptor, Int16(EV_WRITE),
      { _, _, me in
        let socket = unsafe Unmanaged<Socket>.fromOpaque(me!).takeUnretainedValue()
        socket.isWaitingToWrite = false
        socket.owner?.writable()
      }, me)
    unsafe event_add(readEvent, nil)
  }

  deinit {
    precondition(unsafe readEvent == nil, "a socket must be closed on its loop")
    unsafe evbuffer_free(output)
  }

  /// Reads once into the loop's buffer.
  func receive(atMost limit: Int = EventLoop.readBufferBytes) -> Received {
    while true {
      let count = unsafe read(descriptor, loop.readBuffer.baseAddress, min(limit, loop.readBuffer.count))
      if count > 0 {
        counters?.bytesIn.add(count, ordering: .relaxed)
        return .bytes(count)
      }
      if count == 0 {
        hasPeerClosed = true
        return .ended
      }
      if errno == EAGAIN { return .wouldBlock }
      if errno != EINTR { return .failed(detail: SystemError.text(errno)) }
    }
  }

  var queuedBytes: Int { unsafe evbuffer_get_length(output) }

  func enqueue(_ bytes: UnsafeRawBufferPointer) {
    unsafe evbuffer_add(output, bytes.baseAddress, bytes.count)
  }

  func enqueue(_ text: StaticString) {
    unsafe evbuffer_add(output, text.utf8Start, text.utf8CodeUnitCount)
  }

  /// Queues a part of `bytes`; long parts are sent from where they are, without a copy.
  func enqueue(_ bytes: [UInt8], from start: Int, count: Int) {
    unsafe bytes.withUnsafeBytes { all in
      let part = unsafe UnsafeRawBufferPointer(rebasing: all[start..<start + count])
      if count < Self.copyLimitBytes {
        unsafe enqueue(part)
      } else {
        // An array's elements stay where they are while somebody holds the array and nobody changes it: the box holds
        // it until libevent has sent them, and its `let` lets nobody.
        let box = unsafe Unmanaged.passRetained(ArrayBox(bytes)).toOpaque()
        unsafe evbuffer_add_reference(
          output, part.baseAddress, count, { _, _, box in unsafe Unmanaged<ArrayBox>.fromOpaque(box!).release() }, box)
      }
    }
  }

  /// Writes what is queued.
  func flush() -> Flushed {
    while queuedBytes > 0 {
      let count = unsafe evbuffer_write(output, descriptor)
      if count >= 0 {
        counters?.bytesOut.add(Int(count), ordering: .relaxed)
        continue
      }
      if errno == EAGAIN {
        if !isWaitingToWrite {
          isWaitingToWrite = true
          unsafe event_add(writeEvent, nil)
        }
        return .blocked
      }
      if errno != EINTR { return .failed(detail: SystemError.text(errno)) }
    }
    return .all
  }

  /// How the peer is, without reading: for when an edge came while nobody wants bytes. Bytes that wait hide a reset from
  /// `recv(MSG_PEEK)`, but not from `poll`.
  func isBroken() -> Bool {
    var state = pollfd(fd: descriptor, events: Self.pollPeerClosed, revents: 0)
    if unsafe poll(&state, 1, 0) <= 0 { return false }
    if state.revents & Self.pollPeerClosed != 0 { hasPeerClosed = true }
    return state.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
  }

  /// Bytes that the kernel holds for us.
  var waitingBytes: Int { Int(cordwood_bytes_waiting(descriptor)) }

  /// Sends FIN after what was written; reading goes on.
  func shutDownWrites() { shutdown(descriptor, Int32(SHUT_WR)) }

  func close() {
    if unsafe readEvent == nil { return }
    unsafe event_free(readEvent)
    unsafe event_free(writeEvent)
    unsafe readEvent = nil
    unsafe writeEvent = nil
    Descriptor.close(descriptor)
    owner = nil
  }
}

/// Keeps an array alive while C code reads it.
private final class ArrayBox {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}

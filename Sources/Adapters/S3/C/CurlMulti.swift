import Ccurl

/// libcurl's multi interface: many transfers on one thread, with the connections that are kept open between them.
///
/// Everything but `wake` belongs to one thread. `curl_multi_wakeup` is made for other threads
/// (https://curl.se/libcurl/c/curl_multi_wakeup.html).
@safe
final class CurlMulti: @unchecked Sendable {  // see above; `handle` never changes
  private let handle: UnsafeMutableRawPointer
  /// By the transfer's number. Keeps the objects that libcurl calls back.
  private var active: [UInt64: CurlTransfer] = [:]

  /// Nil without memory.
  ///
  /// - Parameter connections: How many are kept open.
  init?(connections: Int) {
    guard CurlLibrary.isReady, let handle = unsafe curl_multi_init() else { return nil }
    unsafe self.handle = unsafe handle
    unsafe curl_multi_set_long(handle, CURLMOPT_MAXCONNECTS, connections)
  }

  deinit {
    for transfer in active.values { unsafe curl_multi_remove_handle(handle, transfer.handle) }
    unsafe curl_multi_cleanup(handle)
  }

  /// - Returns: Whether libcurl took it.
  func add(_ transfer: CurlTransfer, number: UInt64) -> Bool {
    guard unsafe curl_multi_add_handle(handle, transfer.handle) == CURLM_OK else { return false }
    active[number] = transfer
    return true
  }

  /// Gives the transfer up; its connection is closed. Nothing happens if it has ended.
  func remove(number: UInt64) {
    guard let transfer = active.removeValue(forKey: number) else { return }
    unsafe curl_multi_remove_handle(handle, transfer.handle)
  }

  /// Reads and writes what can be without waiting.
  func perform() {
    var running: CInt = 0
    unsafe curl_multi_perform(handle, &running)
  }

  /// The next transfer that has ended.
  func nextEnded() -> (number: UInt64, outcome: Result<HTTPResponse, HTTPTransferError>)? {
    var code = CURLE_OK
    guard let easy = unsafe curl_multi_next_ended(handle, &code) else { return nil }
    unsafe curl_multi_remove_handle(handle, easy)
    guard let (number, transfer) = active.first(where: { unsafe $0.value.handle == easy }) else {
      preconditionFailure("libcurl ended a transfer that is none of ours")
    }
    active[number] = nil
    return (number, transfer.outcome(code))
  }

  /// Waits until a connection is ready, one of libcurl's own times is up, `wake` was called, or the time is over.
  func wait(milliseconds: Int) {
    unsafe curl_multi_poll(handle, nil, 0, CInt(clamping: milliseconds), nil)
  }

  /// From any thread.
  func wake() { unsafe curl_multi_wakeup(handle) }
}

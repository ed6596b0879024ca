import Cnghttp2

/// nghttp2's session: frames, HPACK, flow control, and the limits that it keeps itself.
///
/// Its callbacks only note what happened; nothing here is called from within one that nghttp2 forbids there (`receive`,
/// `send`, `free`). Not thread-safe: confined to the connection's loop
/// (https://nghttp2.org/documentation/programmers-guide.html).
@safe
final class HTTP2Session {
  enum Role { case server, client }

  /// PING and SETTINGS acknowledgements that may wait for a peer that does not read; beyond: the connection ends.
  private static let maxOutboundAcknowledgements = 200
  /// Rapid reset (CVE-2023-44487): a burst of 1,000 resets, then 33 a second; beyond: GOAWAY.
  private static let streamResetBurst: UInt64 = 1000
  private static let streamResetsPerSecond: UInt64 = 33
  /// Endless header blocks (CVE-2024-28182).
  private static let maxContinuations = 8
  /// What waits in the socket's queue before nghttp2 is asked for more: two writers' worth.
  static let outputHighMarkBytes = 2 << 20

  let role: Role
  private var session: OpaquePointer?
  /// Owns this session; cleared by `free`.
  private(set) var connection: HTTP2Connection?
  private var receiveEnd: UnsafePointer<UInt8>?

  init(role: Role, settings: HTTP2Settings, connection: HTTP2Connection) {
    self.role = role
    self.connection = connection
    var options: OpaquePointer?
    unsafe nghttp2_option_new(&options)
    defer { unsafe nghttp2_option_del(options) }
    unsafe nghttp2_option_set_no_auto_window_update(options, 1)
    unsafe nghttp2_option_set_no_closed_streams(options, 1)
    unsafe nghttp2_option_set_max_outbound_ack(options, Self.maxOutboundAcknowledgements)
    unsafe nghttp2_option_set_stream_reset_rate_limit(options, Self.streamResetBurst, Self.streamResetsPerSecond)
    unsafe nghttp2_option_set_max_continuations(options, Self.maxContinuations)
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    switch role {
    case .server: unsafe nghttp2_session_server_new2(&session, HTTP2Callbacks.table, me, options)
    case .client: unsafe nghttp2_session_client_new2(&session, HTTP2Callbacks.table, me, options)
    }
    submit(settings)
  }

  deinit { precondition(unsafe session == nil, "a session must be freed with its connection") }

  private func submit(_ settings: HTTP2Settings) {
    func entry(_ id: nghttp2_settings_id, _ value: Int) -> nghttp2_settings_entry {
      nghttp2_settings_entry(settings_id: Int32(id.rawValue), value: UInt32(value))
    }
    var entries = [
      entry(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, settings.streamWindowBytes),
      entry(NGHTTP2_SETTINGS_MAX_FRAME_SIZE, settings.maxFrameBytes),
      entry(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, settings.maxHeaderBytes),
    ]
    switch role {
    case .server: entries.append(entry(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, settings.maxConcurrentStreams))
    case .client: entries.append(entry(NGHTTP2_SETTINGS_ENABLE_PUSH, 0))
    }
    unsafe nghttp2_submit_settings(session, noFlags, entries, entries.count)
    unsafe nghttp2_session_set_local_window_size(session, noFlags, 0, Int32(settings.connectionWindowBytes))
  }

  func free() {
    unsafe nghttp2_session_del(session)
    unsafe session = nil
    connection = nil
  }

  private var noFlags: UInt8 { UInt8(NGHTTP2_FLAG_NONE.rawValue) }
}

// MARK: - Bytes

extension HTTP2Session {
  /// Parses what came in. Callbacks run within.
  ///
  /// - Returns: What was wrong, if the connection must end.
  func receive(_ bytes: UnsafeRawBufferPointer) -> String? {
    let start = unsafe bytes.bindMemory(to: UInt8.self).baseAddress
    unsafe receiveEnd = start?.advanced(by: bytes.count)
    let taken = unsafe nghttp2_session_mem_recv(session, start, bytes.count)
    unsafe receiveEnd = nil
    return taken < 0 ? unsafe String(cString: nghttp2_strerror(Int32(taken))) : nil
  }

  /// From `position` to the end of what `receive` was given: the most that could follow for the same stream.
  func bytesLeft(from position: UnsafePointer<UInt8>) -> Int {
    unsafe receiveEnd.map { unsafe $0 - position } ?? 0
  }

  /// Moves frames into the socket's queue, up to the high mark.
  ///
  /// - Returns: What was wrong, if the connection must end.
  func send(into socket: Socket) -> String? {
    while socket.queuedBytes < Self.outputHighMarkBytes {
      var frame: UnsafePointer<UInt8>?
      let count = unsafe nghttp2_session_mem_send(session, &frame)
      if count < 0 { return unsafe String(cString: nghttp2_strerror(Int32(count))) }
      // Bodies went into the queue inside of the call; what comes out here is valid until the next one.
      if count == 0 { return nil }
      unsafe socket.enqueue(UnsafeRawBufferPointer(start: frame, count: count))
    }
    return nil
  }

  /// Neither side has anything left to say.
  var isOver: Bool { unsafe nghttp2_session_want_read(session) == 0 && nghttp2_session_want_write(session) == 0 }
}

// MARK: - Frames

extension HTTP2Session {
  /// - Parameter hasBody: Without one, the block ends the stream.
  func submitResponse(_ block: HTTP2HeaderBlock, on stream: HTTP2Stream, hasBody: Bool) {
    _ = unsafe block.withNameValues { list, count in
      if !hasBody { return unsafe nghttp2_submit_response(session, stream.id, list, count, nil) }
      var provider = unsafe HTTP2Callbacks.provider(for: stream)
      return unsafe nghttp2_submit_response(session, stream.id, list, count, &provider)
    }
  }

  /// - Returns: The new stream's id; nil if the connection takes no more.
  func submitRequest(_ block: HTTP2HeaderBlock, on stream: HTTP2Stream) -> Int32? {
    let id = unsafe block.withNameValues { list, count in
      var provider = unsafe HTTP2Callbacks.provider(for: stream)
      return unsafe nghttp2_submit_request(
        session, nil, list, count, &provider, Unmanaged.passUnretained(stream).toOpaque())
    }
    return id > 0 ? id : nil
  }

  func submitTrailers(_ block: HTTP2HeaderBlock, on id: Int32) {
    _ = unsafe block.withNameValues { list, count in unsafe nghttp2_submit_trailer(session, id, list, count) }
  }

  func reset(_ id: Int32, _ code: nghttp2_error_code) {
    unsafe nghttp2_submit_rst_stream(session, noFlags, id, code.rawValue)
  }

  /// The stream's body has bytes again, or its end.
  func resume(_ id: Int32) { unsafe nghttp2_session_resume_data(session, id) }

  /// Lets the peer send `count` more bytes, on the stream and on the connection.
  func consume(_ id: Int32, _ count: Int) { unsafe nghttp2_session_consume(session, id, count) }

  /// The same for bytes of a stream that is gone.
  func consumeOnConnection(_ count: Int) { unsafe nghttp2_session_consume_connection(session, count) }

  func ping() { unsafe nghttp2_submit_ping(session, noFlags, nil) }

  /// Asks the peer to open nothing new; what it opened meanwhile is still served.
  func announceShutdown() { unsafe nghttp2_submit_shutdown_notice(session) }

  /// Refuses streams from here on.
  func goAway() {
    unsafe nghttp2_submit_goaway(session, noFlags, nghttp2_session_get_last_proc_stream_id(session), 0, nil, 0)
  }

  /// Whether the peer ended its side of the stream.
  func isRemoteClosed(_ id: Int32) -> Bool { unsafe nghttp2_session_get_stream_remote_close(session, id) != 0 }

  /// Gives the stream to the callbacks that follow.
  func attach(_ stream: HTTP2Stream) {
    unsafe nghttp2_session_set_stream_user_data(session, stream.id, Unmanaged.passUnretained(stream).toOpaque())
  }
}

import Cnghttp2

/// nghttp2's callbacks: from C pointers to the connection and its streams.
///
/// The user data of a session is its `HTTP2Session`, that of a stream its `HTTP2Stream`; both are kept alive by their
/// connection for as long as nghttp2 knows them.
@safe
enum HTTP2Callbacks {
  /// One table for all sessions: made once, then only read by nghttp2, from any loop.
  nonisolated(unsafe) static let table: OpaquePointer? = unsafe make()

  /// Bodies are pulled from the stream's queue by `read` and sent from there without a copy.
  static func provider(for stream: HTTP2Stream) -> nghttp2_data_provider {
    unsafe nghttp2_data_provider(
      source: nghttp2_data_source(ptr: Unmanaged.passUnretained(stream).toOpaque()), read_callback: read)
  }

  private static func connection(_ user: UnsafeMutableRawPointer?) -> HTTP2Connection? {
    unsafe Unmanaged<HTTP2Session>.fromOpaque(user!).takeUnretainedValue().connection  // set for every session
  }

  private static func stream(_ session: OpaquePointer?, _ id: Int32) -> HTTP2Stream? {
    unsafe nghttp2_session_get_stream_user_data(session, id).map {
      unsafe Unmanaged<HTTP2Stream>.fromOpaque($0).takeUnretainedValue()
    }
  }

  private static func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String? {
    unsafe String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  private static func make() -> OpaquePointer? {
    var table: OpaquePointer?
    unsafe nghttp2_session_callbacks_new(&table)
    unsafe addHeaderCallbacks(to: table)
    unsafe addFrameCallbacks(to: table)
    unsafe addBodyCallbacks(to: table)
    return unsafe table
  }

  private static func addHeaderCallbacks(to table: OpaquePointer?) {
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(table) { _, frame, user in
      let frame = unsafe frame!.pointee  // nghttp2 passes the frame always
      if unsafe UInt32(frame.hd.type) == NGHTTP2_HEADERS.rawValue {
        unsafe HTTP2Callbacks.connection(user)?.headersBegin(
          frame.hd.stream_id, isRequest: frame.headers.cat == NGHTTP2_HCAT_REQUEST)
      }
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_header_callback(table) {
      session, frame, name, nameCount, value, valueCount, _, _ in
      guard let stream = unsafe HTTP2Callbacks.stream(session, frame!.pointee.hd.stream_id) else { return 0 }
      if let name = unsafe HTTP2Callbacks.text(name, nameCount) {
        unsafe stream.head.add(name, HTTP2Callbacks.text(value, valueCount))
      }
      return 0
    }
  }

  private static func addFrameCallbacks(to table: OpaquePointer?) {
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(table) { session, frame, user in
      let header = unsafe frame!.pointee.hd  // nghttp2 passes the frame always
      guard let connection = unsafe HTTP2Callbacks.connection(user) else { return 0 }
      let endsStream = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
      switch UInt32(header.type) {
      case NGHTTP2_HEADERS.rawValue:
        if let stream = unsafe HTTP2Callbacks.stream(session, header.stream_id) {
          connection.headersEnd(stream, endsStream: endsStream)
        }
      case NGHTTP2_DATA.rawValue:
        if endsStream, let stream = unsafe HTTP2Callbacks.stream(session, header.stream_id) {
          connection.bodyEnds(stream)
        }
      case NGHTTP2_PING.rawValue:
        if header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0 { connection.pongCame() }
      case NGHTTP2_GOAWAY.rawValue:
        connection.goAwayCame()
      default: break
      }
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(table) { _, _, _, user in
      unsafe HTTP2Callbacks.connection(user)?.invalidFrameCame()
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(table) { session, frame, user in
      let header = unsafe frame!.pointee.hd  // nghttp2 passes the frame always
      let type = UInt32(header.type)
      if type == NGHTTP2_HEADERS.rawValue || type == NGHTTP2_DATA.rawValue,
        header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
      {
        unsafe HTTP2Callbacks.connection(user)?.streamEndSent(header.stream_id)
      } else if type == NGHTTP2_GOAWAY.rawValue, unsafe frame!.pointee.goaway.error_code != NGHTTP2_NO_ERROR.rawValue {
        unsafe HTTP2Callbacks.connection(user)?.errorSent()
      }
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(table) { session, id, code, user in
      unsafe HTTP2Callbacks.connection(user)?.streamClosed(id, code: code)
      return 0
    }
  }

  private static func addBodyCallbacks(to table: OpaquePointer?) {
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table) { session, _, id, bytes, count, user in
      guard let connection = unsafe HTTP2Callbacks.connection(user) else { return 0 }
      unsafe connection.bodyCame(
        id, HTTP2Callbacks.stream(session, id), UnsafeBufferPointer(start: bytes, count: count))
      return 0
    }
    // nghttp2 would cut at 16 KB whatever the peer's SETTINGS_MAX_FRAME_SIZE says.
    unsafe nghttp2_session_callbacks_set_data_source_read_length_callback(table) {
      _, _, _, session, stream, maxFrame, _ in
      min(Int(maxFrame), max(1, min(Int(session), Int(stream))))
    }
    unsafe nghttp2_session_callbacks_set_send_data_callback(table) { _, _, header, count, source, user in
      guard let connection = unsafe HTTP2Callbacks.connection(user) else {
        return NGHTTP2_ERR_CALLBACK_FAILURE.rawValue
      }
      let stream = unsafe Unmanaged<HTTP2Stream>.fromOpaque(source!.pointee.ptr).takeUnretainedValue()
      // The 9 bytes of a frame header; padding is never asked for.
      unsafe connection.socket.enqueue(UnsafeRawBufferPointer(start: header, count: 9))
      stream.moveBody(count, into: connection.socket)
      return 0
    }
  }

  private static let read: nghttp2_data_source_read_callback = { _, _, _, limit, flags, source, _ in
    let stream = unsafe Unmanaged<HTTP2Stream>.fromOpaque(source!.pointee.ptr).takeUnretainedValue()
    switch stream.nextFrame(limit: limit) {
    case .wait: return Int(NGHTTP2_ERR_DEFERRED.rawValue)
    case .body(let count, let end):
      var set = count > 0 ? NGHTTP2_DATA_FLAG_NO_COPY.rawValue : 0
      switch end {
      case .no: break
      case .here: set |= NGHTTP2_DATA_FLAG_EOF.rawValue
      case .withTrailers: set |= NGHTTP2_DATA_FLAG_EOF.rawValue | NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
      }
      unsafe flags!.pointee = set  // nghttp2 passes the flags always
      return count
    }
  }
}

import Cllhttp

/// llhttp, strict (Debian's default build takes a bare CR as the end of a field: CVE-2023-30589), for requests or
/// responses.
///
/// Its callbacks collect the head and hand the rest to the delegate, which must not call back into the parser. After a
/// message's end the parser stands still until `beginNext`: one message at a time.
@safe
final class HTTP1Parser {
  enum Kind { case request, response }

  enum Outcome: Equatable {
    /// All bytes were taken.
    case needsMore
    /// The last chunk's line ended after so many bytes; trailers follow, to be given to the next `execute`.
    case trailersBegin(used: Int)
    /// The message ended after so many bytes.
    case messageEnded(used: Int)
    /// The status to refuse with.
    case failed(status: Int)
  }

  enum HeadVerdict {
    case proceed
    /// A response to HEAD.
    case withoutBody
    case refuse(status: Int)
  }

  /// Chunk extensions mean nothing to us; more of them than this is an attack (CVE-2023-39326's kind).
  private static let maxChunkExtensionBytes = 4 << 10
  private static let maxTrailerBytes = 8 << 10
  private static let maxTrailerFields = 32

  private let parser: UnsafeMutablePointer<llhttp_t>
  private let limits: HTTPHeadLimits
  /// Owns this parser.
  private unowned let delegate: any HTTP1ParserDelegate
  private(set) var head: HTTP1HeadBuilder
  private var trailers: HTTP1HeadBuilder
  private var rejection: Int?
  private var isHeadDone = false
  private var isMessageDone = false
  private var chunkExtensionBytes = 0

  init(_ kind: Kind, limits: HTTPHeadLimits, delegate: any HTTP1ParserDelegate) {
    self.limits = limits
    self.delegate = delegate
    head = HTTP1HeadBuilder(limits: limits)
    trailers = Self.trailerBuilder
    unsafe parser = .allocate(capacity: 1)
    unsafe llhttp_init(parser, kind == .request ? HTTP_REQUEST : HTTP_RESPONSE, Self.settings)
    unsafe parser.pointee.data = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit { unsafe parser.deallocate() }

  private static var trailerBuilder: HTTP1HeadBuilder {
    HTTP1HeadBuilder(
      limits: HTTPHeadLimits(maxTargetBytes: 0, maxHeaderBytes: maxTrailerBytes, maxFields: maxTrailerFields))
  }

  func execute(_ bytes: UnsafeRawBufferPointer) -> Outcome {
    let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress
    let status = unsafe llhttp_execute(parser, start, bytes.count)
    if status == HPE_OK { return .needsMore }
    if status == HPE_PAUSED, let position = unsafe llhttp_get_error_pos(parser), let start = unsafe start {
      let used = unsafe position - start
      if isMessageDone { return .messageEnded(used: used) }
      unsafe llhttp_resume(parser)
      return .trailersBegin(used: used)
    }
    return .failed(status: rejection ?? (status == HPE_INVALID_VERSION ? 505 : 400))
  }

  /// The peer closed its side. For responses that end with the connection.
  ///
  /// - Returns: Whether that is a proper end.
  func finish() -> Bool { unsafe llhttp_finish(parser) == HPE_OK }

  /// Gets ready for the next message on the connection.
  func beginNext() {
    head = HTTP1HeadBuilder(limits: limits)
    trailers = Self.trailerBuilder
    isHeadDone = false
    isMessageDone = false
    chunkExtensionBytes = 0
    unsafe llhttp_resume(parser)
  }

  // MARK: What the head said; valid from the delegate's `headEnded` on

  var major: Int { unsafe Int(parser.pointee.http_major) }
  var minor: Int { unsafe Int(parser.pointee.http_minor) }
  var status: Int { unsafe Int(parser.pointee.status_code) }
  var method: String {
    unsafe String(cString: llhttp_method_name(llhttp_method_t(rawValue: UInt32(parser.pointee.method))))
  }
  /// Neither CONNECT, nor HTTP/2's PRI, nor the methods of RTSP that stand behind it in llhttp's table.
  var isServedMethod: Bool {
    unsafe UInt32(parser.pointee.method) != HTTP_CONNECT.rawValue && UInt32(parser.pointee.method) < HTTP_PRI.rawValue
  }
  var isChunked: Bool { has(F_CHUNKED) }
  var saysClose: Bool { has(F_CONNECTION_CLOSE) }
  /// What is left of a body of announced length; nil if none was announced.
  var bodyLeft: Int? { has(F_CONTENT_LENGTH) ? unsafe Int(clamping: parser.pointee.content_length) : nil }

  private func has(_ flag: llhttp_flags) -> Bool { unsafe UInt32(parser.pointee.flags) & flag.rawValue != 0 }

  /// Nil if they are not UTF-8.
  var trailerFields: HTTPFields? { trailers.makeFields() }
}

// MARK: - Callbacks

extension HTTP1Parser {
  /// One table for all parsers: made once, then only read by llhttp, from any loop.
  nonisolated(unsafe) private static let settings: UnsafeMutablePointer<llhttp_settings_t> = {
    let settings = UnsafeMutablePointer<llhttp_settings_t>.allocate(capacity: 1)
    unsafe llhttp_settings_init(settings)
    unsafe settings.pointee.on_url = { parser, span, count in
      let me = unsafe HTTP1Parser.me(parser)
      return unsafe me.refuse(me.head.addTarget(UnsafeRawBufferPointer(start: span, count: count)))
    }
    unsafe settings.pointee.on_header_field = { parser, span, count in
      let me = unsafe HTTP1Parser.me(parser)
      let name = unsafe UnsafeRawBufferPointer(start: span, count: count)
      return unsafe me.refuse(me.isHeadDone ? me.trailers.addName(name) : me.head.addName(name))
    }
    unsafe settings.pointee.on_header_value = { parser, span, count in
      unsafe HTTP1Parser.me(parser).addValue(UnsafeRawBufferPointer(start: span, count: count))
    }
    unsafe settings.pointee.on_header_value_complete = { parser in
      unsafe HTTP1Parser.me(parser).endField()
    }
    unsafe settings.pointee.on_headers_complete = { parser in unsafe HTTP1Parser.me(parser).headEnded() }
    unsafe settings.pointee.on_body = { parser, span, count in
      let me = unsafe HTTP1Parser.me(parser)
      return unsafe me.refuse(me.delegate.bodyCame(UnsafeRawBufferPointer(start: span, count: count)))
    }
    unsafe settings.pointee.on_chunk_header = { parser in
      unsafe parser!.pointee.content_length == 0 ? Int32(HPE_PAUSED.rawValue) : 0  // llhttp passes itself always
    }
    unsafe settings.pointee.on_chunk_extension_name = { parser, _, count in
      unsafe HTTP1Parser.me(parser).addChunkExtension(count)
    }
    unsafe settings.pointee.on_chunk_extension_value = { parser, _, count in
      unsafe HTTP1Parser.me(parser).addChunkExtension(count)
    }
    unsafe settings.pointee.on_message_complete = { parser in
      let me = unsafe HTTP1Parser.me(parser)
      me.isMessageDone = true
      me.delegate.messageEnded()
      return Int32(HPE_PAUSED.rawValue)
    }
    return unsafe settings
  }()

  private static func me(_ parser: UnsafeMutablePointer<llhttp_t>?) -> HTTP1Parser {
    unsafe Unmanaged<HTTP1Parser>.fromOpaque(parser!.pointee.data).takeUnretainedValue()  // set in `init`
  }

  /// - Returns: What llhttp takes for "stop" if there is a status to refuse with.
  private func refuse(_ status: Int?) -> Int32 {
    guard let status else { return 0 }
    rejection = status
    return -1
  }

  private func addValue(_ value: UnsafeRawBufferPointer) -> Int32 {
    unsafe refuse(isHeadDone ? trailers.addValue(value) : head.addValue(value))
  }

  private func endField() -> Int32 { refuse(isHeadDone ? trailers.endField() : head.endField()) }

  private func addChunkExtension(_ count: Int) -> Int32 {
    chunkExtensionBytes += count
    return refuse(chunkExtensionBytes > Self.maxChunkExtensionBytes ? 400 : nil)
  }

  private func headEnded() -> Int32 {
    isHeadDone = true
    unsafe parser.pointee.upgrade = 0  // no upgrade is offered: what follows is plain HTTP
    switch delegate.headEnded() {
    case .proceed: return 0
    case .withoutBody: return 1
    case .refuse(let status): return refuse(status)
    }
  }
}

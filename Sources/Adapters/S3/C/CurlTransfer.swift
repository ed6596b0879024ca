import Ccurl
import Domain

/// One request on the wire: an easy handle, what is still to be sent, what has come.
///
/// Belongs to the thread of its `CurlMulti`: libcurl calls back from there only, and no handle may be used by two threads at
/// once (https://curl.se/libcurl/c/threadsafe.html). What libcurl keeps pointers to (this object, the header list, the error
/// text) lives as long as the handle.
@safe
final class CurlTransfer {
  /// `Date`, `x-amz-…` and the like are a few hundred bytes; a server that sends more than this is not one of ours.
  private static let maximumHeaderBytes = 64 << 10
  private static let errorTextBytes = Int(CURL_ERROR_SIZE)

  let handle: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var headerList: UnsafeMutablePointer<curl_slist>?

  private let body: ArraySlice<UInt8>
  private var sent = 0
  private let responseLimit: Int
  private var response = HTTPResponse(status: 0, headers: [:], body: [])
  private var headerBytes = 0
  private var oversize: Int?

  /// - Parameter timeout: What is left of the request's time.
  init(
    _ request: HTTPRequest, timeout: Duration, _ configuration: HTTPClientConfiguration
  ) throws(HTTPTransferError) {
    guard CurlLibrary.isReady, let handle = unsafe curl_easy_init() else {
      throw .broken(reason: "libcurl has no memory for a request")
    }
    unsafe self.handle = unsafe handle
    unsafe errorText = .allocate(capacity: Self.errorTextBytes)
    unsafe errorText.initialize(repeating: 0, count: Self.errorTextBytes)
    body = request.body ?? []
    responseLimit = request.responseLimit
    var failures: [CURLcode] = []
    func set(_ option: CURLoption, _ value: Int) {
      failures.append(unsafe curl_easy_set_long(handle, option, value))
    }
    func set(_ option: CURLoption, _ text: String) {
      failures.append(unsafe curl_easy_set_text(handle, option, text))
    }
    set(CURLOPT_URL, request.url)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    // As they were signed: no `/./` is resolved, no redirection followed.
    set(CURLOPT_PATH_AS_IS, 1)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_NOSIGNAL, 1)
    // Else the thread waits for the resolver's when a request is given up, as long as the system's resolver likes.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    set(CURLOPT_TIMEOUT_MS, Int(max(timeout.wholeMilliseconds, 1)))
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(configuration.connectTimeout.wholeMilliseconds, 1)))
    set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    if let file = configuration.authoritiesFile {
      set(CURLOPT_CAINFO, file)
      unsafe failures.append(curl_easy_set_pointer(handle, CURLOPT_CAPATH, nil))
    }
    if request.bypassesProxies { set(CURLOPT_NOPROXY, "*") }
    setMethod(request, &failures)
    setCallbacks(&failures)
    setHeaders(request.headers, hasBody: request.body != nil, &failures)
    guard failures.allSatisfy({ $0 == CURLE_OK }) else {
      throw .invalid(reason: "libcurl does not take the request: \(Self.name(of: failures.first { $0 != CURLE_OK }))")
    }
  }

  deinit {
    unsafe curl_easy_cleanup(handle)
    unsafe curl_slist_free_all(headerList)
    unsafe errorText.deallocate()
  }

  /// What the transfer came to.
  func outcome(_ code: CURLcode) -> Result<HTTPResponse, HTTPTransferError> {
    if let oversize { return .failure(.tooLarge(bytes: oversize)) }
    guard code != CURLE_OK else {
      return .success(response)
    }
    let text = unsafe String(cString: errorText)
    let reason = text.isEmpty ? Self.name(of: code) : text
    switch code {
    case CURLE_OPERATION_TIMEDOUT: return .failure(.timedOut(reason: reason))
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR:
      return .failure(.untrusted(reason: reason))
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .failure(.invalid(reason: reason))
    default: return .failure(.broken(reason: reason))
    }
  }

  private static func name(of code: CURLcode?) -> String {
    guard let code else { return "no reason" }
    return unsafe String(cString: curl_easy_strerror(code))
  }

  private func setMethod(_ request: HTTPRequest, _ failures: inout [CURLcode]) {
    if let body = request.body {
      // The one way to send bytes by a callback with any method; the length makes it no chunked one.
      unsafe failures.append(curl_easy_set_long(handle, CURLOPT_UPLOAD, 1))
      unsafe failures.append(curl_easy_set_long(handle, CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10))
      unsafe failures.append(curl_easy_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(body.count)))
    }
    unsafe failures.append(curl_easy_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue))
  }

  private func setHeaders(_ headers: [HTTPHeader], hasBody: Bool, _ failures: inout [CURLcode]) {
    // Without a value: not sent at all. `Expect` would cost a round trip, `Accept` and `User-Agent` say nothing.
    var lines = headers.map { "\($0.name): \($0.value)" } + ["Accept:", "Expect:"]
    if hasBody, !headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
    for line in lines {
      guard let longer = unsafe curl_slist_append(headerList, line) else {
        failures.append(CURLE_OUT_OF_MEMORY)
        return
      }
      unsafe headerList = unsafe longer
    }
    unsafe failures.append(curl_easy_set_list(handle, CURLOPT_HTTPHEADER, headerList))
  }

  private func setCallbacks(_ failures: inout [CURLcode]) {
    let this = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe failures.append(curl_easy_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
    for option in [CURLOPT_WRITEDATA, CURLOPT_READDATA, CURLOPT_HEADERDATA, CURLOPT_SEEKDATA] {
      unsafe failures.append(curl_easy_set_pointer(handle, option, this))
    }
    // The object is kept by `CurlMulti` as long as its handle is in it, and libcurl calls back only meanwhile. `!`: it
    // passes on the pointer that it was given.
    unsafe failures.append(
      curl_easy_set_bytes_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, this in
        unsafe Unmanaged<CurlTransfer>.fromOpaque(this!).takeUnretainedValue().received(
          UnsafeRawBufferPointer(start: bytes, count: size * count))
      })
    unsafe failures.append(
      curl_easy_set_bytes_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, this in
        unsafe Unmanaged<CurlTransfer>.fromOpaque(this!).takeUnretainedValue().receivedHeader(
          UnsafeRawBufferPointer(start: bytes, count: size * count))
      })
    unsafe failures.append(
      curl_easy_set_bytes_callback(handle, CURLOPT_READFUNCTION) { bytes, size, count, this in
        unsafe Unmanaged<CurlTransfer>.fromOpaque(this!).takeUnretainedValue().fill(
          UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
      })
    unsafe failures.append(
      curl_easy_set_seek_callback(handle) { this, offset, origin in
        unsafe Unmanaged<CurlTransfer>.fromOpaque(this!).takeUnretainedValue().seek(to: offset, origin: origin)
      })
  }

  /// - Returns: The bytes that were taken; another number than came ends the transfer.
  private func received(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard response.isSuccess else {
      unsafe response.body.append(contentsOf: bytes.prefix(HTTPResponse.errorBytes - response.body.count))
      return bytes.count
    }
    guard bytes.count <= responseLimit - response.body.count else {
      oversize = response.body.count + bytes.count
      return 0
    }
    unsafe response.body.append(contentsOf: bytes)
    return bytes.count
  }

  private func receivedHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    let line = unsafe String(decoding: bytes, as: UTF8.self)
    headerBytes += bytes.count
    guard headerBytes <= Self.maximumHeaderBytes else { return 0 }
    if line.hasPrefix("HTTP/") {
      // A further answer after a `100 Continue` begins anew.
      response = HTTPResponse(status: Self.status(of: line), headers: [:], body: [])
      return bytes.count
    }
    if let colon = line.firstIndex(of: ":") {
      let name = line[..<colon].lowercased()
      let value = line[line.index(after: colon)...].trimmingSpaces
      response.headers[name] = value
      if name == "content-length", response.isSuccess, let length = Int(value) {
        // What is too large is refused before it comes.
        guard length <= responseLimit else {
          oversize = length
          return 0
        }
        response.body.reserveCapacity(length)
      }
    }
    return bytes.count
  }

  /// `HTTP/1.1 200 OK`; 0 if it is none.
  private static func status(of line: String) -> Int {
    let words = line.split(separator: " ", maxSplits: 2)
    return words.count > 1 ? Int(words[1].trimmingSpaces) ?? 0 : 0
  }

  private func fill(_ target: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(target.count, body.count - sent)
    guard count > 0 else { return 0 }
    unsafe body.withUnsafeBytes { source in
      unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[sent..<sent + count]))
    }
    sent += count
    return count
  }

  /// A connection that was kept open can turn out to be closed: then libcurl sends the same again on another.
  private func seek(to offset: curl_off_t, origin: CInt) -> CInt {
    // SEEK_SET is 0.
    guard origin == 0, (0...body.count).contains(Int(offset)) else { return CURL_SEEKFUNC_FAIL }
    sent = Int(offset)
    return CURL_SEEKFUNC_OK
  }
}

import Cnghttp2

/// A list of fields on its way into nghttp2, pseudo fields first: all bytes in one array.
struct HTTP2HeaderBlock {
  private var bytes: [UInt8] = []
  private var lengths: [(name: Int, value: Int)] = []

  var isEmpty: Bool { lengths.isEmpty }

  init() {
    bytes.reserveCapacity(256)
    lengths.reserveCapacity(8)
  }

  init(response: HTTPResponseHead, date: String) {
    self.init()
    append(":status", String(response.status))
    append("date", date)
    if let length = response.contentLength { append("content-length", String(length)) }
    append(response.fields)
  }

  /// - Parameter authority: Used where the head names none.
  init(request: HTTPRequestHead, authority: String) {
    self.init()
    append(":method", request.method)
    append(":scheme", "http")
    append(":path", request.target)
    append(":authority", request.authority.isEmpty ? authority : request.authority)
    append(request.fields)
  }

  init(trailers: HTTPFields) {
    self.init()
    append(trailers)
  }

  private mutating func append(_ fields: HTTPFields) {
    for field in fields.fields { append(field.name, field.value) }
  }

  private mutating func append(_ name: String, _ value: String) {
    let start = bytes.count
    bytes.append(contentsOf: name.utf8)
    let middle = bytes.count
    bytes.append(contentsOf: value.utf8)
    lengths.append((middle - start, bytes.count - middle))
  }

  /// Lends the list as nghttp2 takes it; nghttp2 copies what it keeps.
  func withNameValues(_ body: (UnsafePointer<nghttp2_nv>, Int) -> Int32) -> Int32 {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: lengths.count) { list in
        // nghttp2 reads through these pointers only, though their type says otherwise.
        var next = unsafe UnsafeMutablePointer(mutating: bytes.baseAddress)
        for (index, length) in lengths.enumerated() {
          unsafe list.initializeElement(
            at: index,
            to: nghttp2_nv(
              name: next, value: next?.advanced(by: length.name), namelen: length.name, valuelen: length.value,
              flags: UInt8(NGHTTP2_NV_FLAG_NONE.rawValue)))
          unsafe next = next?.advanced(by: length.name + length.value)
        }
        return unsafe body(UnsafePointer(list.baseAddress!), lengths.count)  // a block has at least one field
      }
    }
  }
}

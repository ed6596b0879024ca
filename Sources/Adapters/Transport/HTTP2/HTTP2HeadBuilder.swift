/// Collects the fields of one header block, within limits.
///
/// A block that breaks a limit is read to its end all the same, since HPACK's table must stay in step; its fields are
/// dropped and `rejection` names the status to answer with.
struct HTTP2HeadBuilder {
  private(set) var method = ""
  private(set) var target = ""
  private(set) var authority = ""
  private(set) var status = 0
  private(set) var fields = HTTPFields()
  /// 400, 414 or 431; nil while all is well.
  private(set) var rejection: Int?

  private let limits: HTTPHeadLimits
  private var bytes = 0
  private var count = 0

  init(limits: HTTPHeadLimits) {
    self.limits = limits
  }

  /// - Parameters:
  ///   - name: In lower case, which nghttp2 checked.
  ///   - value: Nil if it is not UTF-8.
  mutating func add(_ name: String, _ value: String?) {
    if rejection != nil { return }
    guard let value else { return reject(400) }
    bytes += name.utf8.count + value.utf8.count + 32
    count += 1
    if bytes > limits.maxHeaderBytes || count > limits.maxFields { return reject(431) }
    guard name.utf8.first == UInt8(ascii: ":") else {
      if name == "host" {
        if authority.isEmpty { authority = value } else if authority != value { return reject(400) }
      }
      return fields.append(name, value)
    }
    switch name {
    case ":method": method = value
    case ":path":
      if value.utf8.count > limits.maxTargetBytes { reject(414) } else { target = value }
    case ":authority": authority = value
    case ":status": status = Int(value) ?? 0
    default: break  // :scheme, which says nothing here; nghttp2 refuses unknown ones
    }
  }

  private mutating func reject(_ status: Int) {
    rejection = status
    fields = HTTPFields()
  }

  var request: HTTPRequestHead {
    HTTPRequestHead(method: method, target: target, authority: authority, version: .http2, fields: fields)
  }

  var response: HTTPResponseHead {
    HTTPResponseHead(status: status, fields: fields, contentLength: fields["content-length"].flatMap { Int($0) })
  }
}

/// Writes the head of an HTTP/1.1 request.
enum HTTP1RequestHead {
  static func encode(
    _ head: HTTPRequestHead, host: String, port: Int, bodyLength: Int
  ) throws(TransportError) -> [UInt8] {
    try FieldRules.check(head.fields)
    guard !head.method.isEmpty, head.method.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
      !head.target.isEmpty, head.target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
      head.authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { throw .misuse(detail: "method, target or authority hold white space or bytes that are not ASCII") }
    let literal = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    let authority = head.authority.isEmpty ? "\(literal):\(port)" : head.authority
    var text = "\(head.method) \(head.target) HTTP/1.1\r\nhost: \(authority)\r\nconnection: close\r\n"
    for field in head.fields.fields { text += "\(field.name): \(field.value)\r\n" }
    if bodyLength > 0 || (head.method != "GET" && head.method != "HEAD") { text += "content-length: \(bodyLength)\r\n" }
    return Array((text + "\r\n").utf8)
  }
}

/// Events as lines for `cordwood-agent import`.
enum Lines {
  /// `count` events of a service, a millisecond apart, with the messages of `messages(count)`.
  ///
  /// - Parameter padding: Bytes more of each message: a batch holds at most a megabyte.
  static func make(_ count: Int, service: String = "web", padding: Int = 0) -> [UInt8] {
    let start = 1_795_521_600_000
    return Array(
      zip(0..., messages(count, padding: padding)).map { number, message in
        #"{"timestamp":\#(start + number),"service":"\#(service)","level":"INFO","message":"\#(message)","n":\#(number)}"#
          + "\n"
      }.joined().utf8)
  }

  static func messages(_ count: Int, padding: Int = 0) -> [String] {
    let end = String(repeating: ".", count: padding)
    return (0..<count).map { "event \($0) of many" + end }
  }
}

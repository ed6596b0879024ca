extension String {
  /// The text if the bytes are well-formed UTF-8, else nil.
  package init?(validating bytes: Span<UInt8>) {
    let text = unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
    guard let text else { return nil }
    self = text
  }

  /// The text, with U+FFFD for each ill-formed sequence.
  package init(repairing bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

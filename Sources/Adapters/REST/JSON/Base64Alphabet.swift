/// The two spellings of base64 (RFC 4648 sections 4 and 5).
enum Base64Alphabet {
  /// With padding.
  case standard
  /// For texts that may end up in an address; without padding.
  case urlSafe

  var digits: [UInt8] {
    switch self {
    case .standard: Self.standardDigits
    case .urlSafe: Self.urlSafeDigits
    }
  }

  var pads: Bool { self == .standard }

  private static let standardDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafeDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}

import Copenssl

/// What signing and checking take from libcrypto.
///
/// One-shot calls of OpenSSL 3, which any thread may make (openssl-threads(7)); those fail only without memory or without the
/// algorithm.
enum S3Digests {
  static func sha256(_ bytes: Span<UInt8>) -> [UInt8] { digest(bytes, "SHA256", size: 32) }

  /// For Content-MD5, which some servers want; protects against nothing but accidents.
  static func md5(_ bytes: Span<UInt8>) -> [UInt8] { digest(bytes, "MD5", size: 16) }

  /// HMAC-SHA-256 (RFC 2104).
  static func hmac(key: [UInt8], _ text: some Collection<UInt8>) -> [UInt8] {
    let text = Array(text)
    return [UInt8](capacity: 32) { code in
      unsafe code.withUnsafeMutableBufferPointer { target, filled in
        let start = unsafe EVP_Q_mac(
          nil, "HMAC", nil, "SHA256", nil, key, key.count, text, text.count, target.baseAddress, target.count, &filled)
        precondition(unsafe start != nil && filled == 32, "OpenSSL could not compute an HMAC")
      }
    }
  }

  private static func digest(_ bytes: Span<UInt8>, _ name: String, size: Int) -> [UInt8] {
    [UInt8](capacity: size) { digest in
      unsafe digest.withUnsafeMutableBufferPointer { target, filled in
        let status = unsafe bytes.withUnsafeBufferPointer { source in
          unsafe EVP_Q_digest(nil, name, nil, source.baseAddress, source.count, target.baseAddress, &filled)
        }
        precondition(status == 1 && filled == size, "OpenSSL could not compute a \(name): is it forbidden here (FIPS)?")
      }
    }
  }
}

import Copenssl

/// The library's SHA-256, fetched once: OpenSSL 3 looks an algorithm up under locks each time that `EVP_sha256()` is used.
///
/// The object is constant after the fetch and may be used by any thread (openssl-threads(7)).
@safe
final class SHA256Algorithm: @unchecked Sendable {
  static let bytes = 32

  private let algorithm: OpaquePointer

  init() {
    guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
      preconditionFailure("OpenSSL has no SHA-256: its default provider is not loaded")
    }
    unsafe self.algorithm = unsafe algorithm
  }

  deinit { unsafe EVP_MD_free(algorithm) }

  func digest(_ bytes: Span<UInt8>) -> [UInt8] {
    [UInt8](capacity: Self.bytes) { digest in
      unsafe digest.withUnsafeMutableBufferPointer { target, filled in
        var size: UInt32 = 0
        let status = unsafe bytes.withUnsafeBufferPointer { source in
          unsafe EVP_Digest(source.baseAddress, source.count, target.baseAddress, &size, algorithm, nil)
        }
        precondition(status == 1 && Int(size) == Self.bytes, "OpenSSL could not compute a SHA-256: no memory")
        filled = Self.bytes
      }
    }
  }
}

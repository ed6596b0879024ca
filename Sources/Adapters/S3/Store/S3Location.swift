import Domain

/// Which objects: a bucket of a server, or what is below a prefix in it.
package struct S3Location: Hashable, Sendable {
  package enum Addressing: Sendable {
    /// `https://server/bucket/key`: what servers of one's own speak.
    case path
    /// `https://bucket.server/key`: what Amazon wants of new buckets.
    case virtualHost
  }

  package let endpoint: S3Endpoint
  /// Signatures are made for it; servers of one's own mostly call theirs `us-east-1`.
  package let region: String
  package let bucket: String
  package let addressing: Addressing
  /// Segments as of an object's key, or empty: what stands before every key. With its `/` and a key at most 1,024 bytes.
  package let prefix: String

  /// - Throws: What cannot be, naming the setting.
  package init(
    endpoint: S3Endpoint, region: String, bucket: String, addressing: Addressing = .path, prefix: String = ""
  ) throws(S3ConfigurationError) {
    let isName = { (byte: UInt8) in
      switch byte {
      case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard (3...63).contains(bucket.utf8.count), bucket.utf8.allSatisfy(isName), !bucket.contains("..") else {
      throw S3ConfigurationError(
        "the bucket is '\(bucket)': expected 3 to 63 lower-case letters, digits, '-' and '.'")
    }
    guard !region.isEmpty, region.utf8.allSatisfy(isName) else {
      throw S3ConfigurationError("the region is '\(region)': expected a name such as 'us-east-1'")
    }
    guard prefix.isEmpty || (ObjectKey(prefix) != nil && prefix.utf8.count <= 1_023 - ObjectKey.maximumBytes) else {
      throw S3ConfigurationError(
        "the prefix is '\(prefix)': expected letters, digits, '.', '-', '_', '%', in segments joined by '/', or nothing"
      )
    }
    self.endpoint = endpoint
    self.region = region
    self.bucket = bucket
    self.addressing = addressing
    self.prefix = prefix
  }

  /// A key as the server knows it.
  func name(of key: ObjectKey) -> String { prefix.isEmpty ? key.text : "\(prefix)/\(key.text)" }

  /// The key of an object of the server's; nil for what is not below the prefix, or has a name that no key of ours has.
  func key(named name: String) -> ObjectKey? {
    if prefix.isEmpty { return ObjectKey(name) }
    guard name.hasPrefix(prefix + "/") else { return nil }
    return ObjectKey(String(name.dropFirst(prefix.count + 1)))
  }

  /// As in the `Host` header.
  var host: String {
    endpoint.authority(of: addressing == .virtualHost ? "\(bucket).\(endpoint.host)" : endpoint.host)
  }

  /// The path of an object, or with nil of the bucket; encoded.
  func path(of name: String?) -> String {
    let inBucket = "/" + (name.map { PercentEncoding.encoded($0, keepsSlashes: true) } ?? "")
    switch addressing {
    case .virtualHost: return inBucket
    case .path: return "/\(bucket)" + (name == nil ? "" : inBucket)
    }
  }
}

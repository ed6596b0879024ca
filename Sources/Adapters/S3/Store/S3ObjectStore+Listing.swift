package import Application
import Domain

extension S3ObjectStore {
  /// More S3 does not give at once.
  private static let maximumPage = 1_000

  /// In the server's order. Names that no key of ours has, such as the folder marks of other tools, are left out; a page may
  /// be empty though it is not the last.
  ///
  /// - Parameter page: The server's continuation token, which holds for as long as the server likes.
  package func list(below prefix: String, page: String?, limit: Int) async throws(ObjectStoreError) -> ObjectListing {
    guard prefix.isEmpty || ObjectKey(prefix) != nil else { return ObjectListing(keys: [], next: nil) }
    do throws(S3CallError) {
      let response = try await client.send(listing(below: prefix, page: page, limit: limit))
      return try parsed(response, below: prefix, page: page)
    } catch {
      throw failed("list", nil, error)
    }
  }

  func listing(below prefix: String, page: String?, limit: Int) -> S3Request {
    let folders = [configuration.location.prefix, prefix].filter { !$0.isEmpty }
    var request = S3Request(method: .get)
    request.query = [
      ("list-type", "2"), ("encoding-type", "url"), ("max-keys", "\(min(max(limit, 1), Self.maximumPage))"),
      ("prefix", folders.map { $0 + "/" }.joined()),
    ]
    if let page { request.query.append(("continuation-token", page)) }
    return request
  }

  private func parsed(
    _ response: HTTPResponse, below prefix: String, page: String?
  ) throws(S3CallError) -> ObjectListing {
    guard let root = try? XMLReader.root(of: response.body), root.name == "ListBucketResult" else {
      throw .unexpected(reason: "the answer is no listing")
    }
    // Not every server encodes, though it was asked to; those that do say so.
    let isEncoded = root.text("EncodingType") == "url"
    let folder = prefix.isEmpty ? "" : prefix + "/"
    let keys = root.children.compactMap { child -> ObjectKey? in
      guard child.name == "Contents", let text = child.text("Key"),
        let name = isEncoded ? PercentEncoding.decoded(text) : text,
        let key = configuration.location.key(named: name), key.text.hasPrefix(folder)
      else { return nil }
      return key
    }
    guard root.text("IsTruncated") == "true" else { return ObjectListing(keys: keys, next: nil) }
    guard let next = root.text("NextContinuationToken"), !next.isEmpty, next != page else {
      throw .unexpected(reason: "the listing goes on, but does not say where")
    }
    return ObjectListing(keys: keys, next: next)
  }
}

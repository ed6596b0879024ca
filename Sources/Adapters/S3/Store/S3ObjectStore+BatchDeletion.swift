package import Application
package import Domain

extension S3ObjectStore {
  /// As many S3 deletes by one request.
  private static let maximumBatch = 1_000

  /// Deletes objects, up to 1,000 a request; nothing happens for those that are not there.
  ///
  /// Not part of the port: whoever deletes many objects of any store deletes one after the other.
  ///
  /// - Throws: The first refusal; the others were asked for all the same.
  package func delete(_ keys: [ObjectKey]) async throws(ObjectStoreError) {
    var rest = keys[...]
    var refusal: ObjectStoreError?
    while !rest.isEmpty {
      let batch = rest.prefix(Self.maximumBatch)
      rest = rest.dropFirst(batch.count)
      let refused = try await delete(batch)
      refusal = refusal ?? refused
    }
    if let refusal { throw refusal }
  }

  private func delete(_ keys: ArraySlice<ObjectKey>) async throws(ObjectStoreError) -> ObjectStoreError? {
    let location = configuration.location
    let listed = keys.map { "<Object><Key>\(XMLText.escaped(location.name(of: $0)))</Key></Object>" }
    let body = Array("<Delete><Quiet>true</Quiet>\(listed.joined())</Delete>".utf8)[...]
    let response: HTTPResponse
    do throws(S3CallError) {
      response = try await client.send(
        S3Request(
          method: .post, query: [("delete", "")],
          // Content-MD5 is what every server takes here, S3 and MinIO insist on one or the other.
          headers: [HTTPHeader("Content-Type", "application/xml"), S3Client.contentMD5(body)], body: body))
    } catch {
      throw failed("delete", nil, error)
    }
    guard let root = try? XMLReader.root(of: response.body), root.name == "DeleteResult" else {
      throw failed("delete", nil, .unexpected(reason: "the answer is no result of a deletion"))
    }
    let errors = root.children.filter { $0.name == "Error" && $0.text("Code") != "NoSuchKey" }
    guard let first = errors.first else { return nil }
    let failure = S3Failure(code: first.text("Code") ?? "", message: first.text("Message") ?? "", of: response)
    let key = first.text("Key").flatMap { location.key(named: $0) }
    return failed("delete", key, .refused(failure))
  }
}

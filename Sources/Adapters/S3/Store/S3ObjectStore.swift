package import Application
package import Domain
import Threads

/// Objects in a bucket of an S3 server. `README.md` in this adapter's folder has threads, errors and limits.
///
/// Each call is one request (a large `put` one a part) and is not repeated here: `RetryingObjectStore` does that.
package final class S3ObjectStore: ObjectStore {
  /// Whether the server refuses a write with `If-None-Match: *` onto a key that is taken; it was tried when the store was
  /// opened. If not, `putIfAbsent` looks first and writes then: of two at the same time both may succeed, the last one's
  /// bytes stay.
  package let honoursConditions: Bool

  /// What a write is sent with that must not overwrite; whether it is heeded is `honoursConditions`.
  static let ifAbsent = [HTTPHeader("If-None-Match", "*")]

  let client: S3Client
  var configuration: S3Configuration { client.configuration }

  init(_ client: S3Client, honoursConditions: Bool) {
    self.client = client
    self.honoursConditions = honoursConditions
  }

  /// Objects of more than `multipartThreshold` go in parts.
  package func put(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    if bytes.count > configuration.multipartThreshold { return try await putInParts(bytes, at: key) }
    try await write(bytes, at: key, condition: [])
  }

  /// In one request whatever the size: the condition is tried for those. 5 GiB is the most that S3 takes.
  package func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    if honoursConditions {
      try await write(bytes, at: key, condition: Self.ifAbsent)
    } else {
      if try await isThere(key) { throw .alreadyExists(key) }
      try await write(bytes, at: key, condition: [])
    }
  }

  /// Nothing happens if there is none.
  package func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
    do throws(S3CallError) {
      _ = try await client.send(
        S3Request(method: .delete, name: configuration.location.name(of: key)))
    } catch {
      let error = failed("delete", key, error)
      if case .notFound = error { return }
      throw error
    }
  }

  /// Ends the thread and the connections. Calls that have not ended are `.rejected`, as are further ones.
  package func close() async { await client.close() }

  func failed(_ operation: StaticString, _ key: ObjectKey?, _ error: S3CallError) -> ObjectStoreError {
    let location = configuration.location
    let object = key.map { " of '\(location.name(of: $0))'" } ?? ""
    let call = "\(operation)\(object) in bucket '\(location.bucket)' at \(location.endpoint)"
    return ObjectStoreError(error, call, key, configuration)
  }

  private func write(
    _ bytes: [UInt8], at key: ObjectKey, condition: [HTTPHeader]
  ) async throws(ObjectStoreError) {
    do throws(S3CallError) { try await send(bytes, at: key, condition: condition) } catch {
      throw failed("put", key, error)
    }
  }

  /// The one request of a write.
  func send(_ bytes: [UInt8], at key: ObjectKey, condition: [HTTPHeader]) async throws(S3CallError) {
    let headers = await client.checksumHeaders(bytes[...]) + condition
    _ = try await client.send(
      S3Request(method: .put, name: configuration.location.name(of: key), headers: headers, body: bytes[...]))
  }
}

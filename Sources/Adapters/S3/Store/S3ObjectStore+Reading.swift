package import Application
package import Domain

extension S3ObjectStore {
  package func get(_ key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
    do throws(S3CallError) {
      return try await read(key, range: nil, limit: limit).body
    } catch {
      if case .transfer(.tooLarge(let bytes)) = error { throw .tooLarge(key, bytes: bytes, limit: limit) }
      throw failed("get", key, error)
    }
  }

  package func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
    let response: HTTPResponse
    do throws(S3CallError) {
      response = try await read(
        key, range: "bytes=\(range.lowerBound)-\(range.upperBound - 1)", limit: range.count)
    } catch {
      if case .refused(let failure) = error, failure.status == 416 {
        throw .rangeNotSatisfiable(key, size: try await size(of: key, failure))
      }
      throw failed("get", key, error)
    }
    let (sent, size) = try placed(response, key)
    guard range.upperBound <= size else { throw .rangeNotSatisfiable(key, size: size) }
    guard sent == range else {
      throw failed("get", key, .unexpected(reason: "asked for the bytes \(range), the server sent \(sent)"))
    }
    return response.body
  }

  package func end(of key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> ObjectEnd {
    let response: HTTPResponse
    do throws(S3CallError) { response = try await read(key, range: "bytes=-\(limit)", limit: limit) } catch {
      if case .refused(let failure) = error, failure.status == 416 {
        // Of an empty object no byte is the last.
        let size = try await size(of: key, failure)
        if size == 0 { return ObjectEnd(bytes: [], size: 0) }
      }
      throw failed("get", key, error)
    }
    let (sent, size) = try placed(response, key)
    guard sent == max(0, size - limit)..<size else {
      throw failed(
        "get", key, .unexpected(reason: "asked for the last \(limit) bytes, the server sent \(sent) of \(size)"))
    }
    return ObjectEnd(bytes: response.body, size: size)
  }

  /// Whether there is an object, by its first byte.
  func isThere(_ key: ObjectKey) async throws(ObjectStoreError) -> Bool {
    do throws(S3CallError) { _ = try await read(key, range: "bytes=0-0", limit: 1) } catch {
      switch error {
      case .refused(let failure) where failure.status == 416: return true
      // A server without ranges: the whole object is on its way.
      case .transfer(.tooLarge): return true
      default: break
      }
      let error = failed("get", key, error)
      if case .notFound = error { return false }
      throw error
    }
    return true
  }

  private func read(_ key: ObjectKey, range: String?, limit: Int) async throws(S3CallError) -> HTTPResponse {
    var request = S3Request(method: .get, name: configuration.location.name(of: key))
    request.headers = range.map { [HTTPHeader("Range", $0)] } ?? []
    request.responseLimit = limit
    let response = try await client.send(request)
    // HTTP/1.0 servers and proxies end a body by closing; libcurl compares with a length only where there is one.
    if let length = response.headers["content-length"].flatMap({ Int($0) }), length != response.body.count {
      throw .unexpected(reason: "\(response.body.count) of \(length) bytes came")
    }
    return response
  }

  /// Which bytes an answer has, and how many the object.
  private func placed(_ response: HTTPResponse, _ key: ObjectKey) throws(ObjectStoreError) -> (Range<Int>, size: Int) {
    if let field = response.headers["content-range"] {
      guard let parsed = ContentRange(field), let range = parsed.range, range.count == response.body.count else {
        throw failed("get", key, .unexpected(reason: "\(response.body.count) bytes came as '\(field)'"))
      }
      return (range, parsed.size)
    }
    // The whole object: some servers answer 200 where the range is all of it.
    return (0..<response.body.count, response.body.count)
  }

  /// After a range was refused: not every server says the size then.
  private func size(of key: ObjectKey, _ failure: S3Failure) async throws(ObjectStoreError) -> Int {
    if let size = failure.objectSize { return size }
    do throws(S3CallError) { return try await read(key, range: nil, limit: 0).body.count } catch {
      if case .transfer(.tooLarge(let bytes)) = error { return bytes }
      throw failed("get", key, error)
    }
  }
}

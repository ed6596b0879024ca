import Application
import Domain

extension S3ObjectStore {
  /// The multipart upload of one object: begun, its parts sent a few at a time, completed. What fails is aborted, so that its
  /// parts are not kept, and paid for; a process that dies leaves them to a lifecycle rule of the bucket.
  func putInParts(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    let upload: S3Upload
    do throws(S3CallError) { upload = try await begin(key) } catch { throw failed("begin upload", key, error) }
    do throws(S3CallError) {
      let parts = try await send(bytes, upload)
      try await complete(upload, parts)
    } catch {
      await abort(upload)
      throw failed("upload", key, error)
    }
  }

  private func begin(_ key: ObjectKey) async throws(S3CallError) -> S3Upload {
    let name = configuration.location.name(of: key)
    var request = S3Request(method: .post, name: name, query: [("uploads", "")], body: [])
    if let algorithm = S3Client.checksum(configuration.checksum, [])?.name {
      request.headers = [HTTPHeader("x-amz-checksum-algorithm", algorithm.uppercased())]
    }
    let response = try await client.send(request)
    guard let root = try? XMLReader.root(of: response.body), let id = root.text("UploadId"), !id.isEmpty else {
      throw .unexpected(reason: "the server began an upload without naming it")
    }
    return S3Upload(name: name, id: id)
  }

  private func send(_ bytes: [UInt8], _ upload: S3Upload) async throws(S3CallError) -> [S3Upload.Part] {
    // Room for 10,000 parts, which is as many as S3 takes.
    let size = max(configuration.partBytes, (bytes.count + 9_999) / 10_000)
    let count = (bytes.count + size - 1) / size
    return try await withTaskGroup(of: Result<S3Upload.Part, S3CallError>.self) { group in
      var parts: [S3Upload.Part] = []
      var next = 0
      var failure: S3CallError?
      while next < count || parts.count < count {
        if failure == nil, next < count, next - parts.count < configuration.partsAtOnce {
          let (number, slice) = (next + 1, bytes[next * size..<min((next + 1) * size, bytes.count)])
          group.addTask { await self.send(slice, number, upload) }
          next += 1
          continue
        }
        switch await group.next() {
        case .success(let part): parts.append(part)
        case .failure(let error):
          // The first one counts: it makes the others end as cancelled.
          if failure == nil { failure = error }
          group.cancelAll()
        case nil: return Result<[S3Upload.Part], S3CallError>.failure(failure ?? .transfer(.cancelled))
        }
      }
      return .success(parts.sorted { $0.number < $1.number })
    }.get()
  }

  private func send(
    _ bytes: ArraySlice<UInt8>, _ number: Int, _ upload: S3Upload
  ) async -> Result<S3Upload.Part, S3CallError> {
    let headers = await client.checksumHeaders(bytes)
    let request = S3Request(
      method: .put, name: upload.name,
      query: [("partNumber", "\(number)"), ("uploadId", upload.id)], headers: headers, body: bytes)
    do throws(S3CallError) {
      let response = try await client.send(request)
      guard let tag = response.headers["etag"] else {
        throw .unexpected(reason: "part \(number) was taken without an ETag")
      }
      let checksum = headers.first { $0.name.hasPrefix("x-amz-checksum-") }
      return .success(S3Upload.Part(number: number, tag: tag, checksum: checksum))
    } catch {
      return .failure(error)
    }
  }

  private func complete(_ upload: S3Upload, _ parts: [S3Upload.Part]) async throws(S3CallError) {
    let response = try await client.send(
      S3Request(
        method: .post, name: upload.name, query: [("uploadId", upload.id)],
        headers: [HTTPHeader("Content-Type", "application/xml")], body: Array(upload.completion(parts).utf8)[...]))
    // S3 answers 200 at once and puts what went wrong afterwards into the body.
    guard let root = try? XMLReader.root(of: response.body) else {
      throw .unexpected(reason: "the answer to the end of an upload is no document")
    }
    if root.name == "Error" {
      throw .refused(S3Failure(HTTPResponse(status: 500, headers: response.headers, body: response.body)))
    }
  }

  /// Also for a cancelled task, in a few seconds at most; that it fails changes nothing for the caller.
  private func abort(_ upload: S3Upload) async {
    let request = S3Request(
      method: .delete, name: upload.name, query: [("uploadId", upload.id)],
      timeout: .seconds(5))
    let client = client
    await Task { _ = try? await client.send(request) }.value
  }
}

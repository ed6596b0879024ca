import Application
import Domain
import InMemoryAdapter
import Testing

@testable import S3Adapter

/// On a server that answers as it is told (Python/stand_in.py).
@Suite("An S3 server in trouble", .timeLimit(.minutes(1)))
struct S3FaultIntegrationTests {
  struct Answer: Sendable, CustomTestStringConvertible {
    enum Meaning: Sendable { case unavailable(Duration?), rejected, full, notFound, alreadyExists }

    let status: Int
    let code: String
    var headers = ""
    let meaning: Meaning
    var hint = ""

    var testDescription: String { "\(status) \(code)" }
    var script: String {
      let body =
        "<?xml version='1.0'?><Error><Code>\(code)</Code><Message>because</Message><RequestId>id-7</RequestId></Error>"
      return "{\"status\": \(status), \"headers\": {\(headers)}, \"body\": \"\(code.isEmpty ? "" : body)\"}"
    }
  }

  static let answers = [
    Answer(status: 503, code: "SlowDown", headers: "\"Retry-After\": \"7\"", meaning: .unavailable(.seconds(7))),
    Answer(status: 503, code: "SlowDown", headers: "\"Retry-After\": \"900\"", meaning: .unavailable(.seconds(30))),
    Answer(
      status: 503, code: "",
      headers: "\"Date\": \"Tue, 24 Nov 2026 13:05:07 GMT\", \"Retry-After\": \"Tue, 24 Nov 2026 13:05:10 GMT\"",
      meaning: .unavailable(.seconds(3))),
    Answer(status: 503, code: "ServiceUnavailable", meaning: .unavailable(.seconds(1))),
    Answer(status: 429, code: "", meaning: .unavailable(.seconds(1))),
    Answer(status: 500, code: "InternalError", meaning: .unavailable(nil)),
    Answer(status: 502, code: "", meaning: .unavailable(nil)),
    Answer(status: 400, code: "RequestTimeout", meaning: .unavailable(nil)),
    Answer(status: 400, code: "BadDigest", meaning: .unavailable(nil)),
    Answer(status: 409, code: "ConditionalRequestConflict", meaning: .unavailable(nil)),
    Answer(status: 404, code: "NoSuchKey", meaning: .notFound),
    Answer(status: 412, code: "PreconditionFailed", meaning: .alreadyExists),
    Answer(status: 404, code: "NoSuchBucket", meaning: .rejected, hint: "make the bucket 'logs'"),
    Answer(status: 403, code: "AccessDenied", meaning: .rejected, hint: "allow these credentials"),
    Answer(status: 403, code: "SignatureDoesNotMatch", meaning: .rejected, hint: "check access key"),
    Answer(status: 403, code: "ExpiredToken", meaning: .rejected, hint: "session token"),
    Answer(
      status: 301, code: "PermanentRedirect", headers: "\"x-amz-bucket-region\": \"eu-west-1\"", meaning: .rejected,
      hint: "in the region 'eu-west-1', not 'us-east-1'"),
    Answer(status: 301, code: "", meaning: .rejected, hint: "another endpoint"),
    Answer(status: 400, code: "EntityTooLarge", meaning: .rejected),
    Answer(status: 507, code: "", meaning: .full),
    Answer(status: 507, code: "XMinioStorageFull", meaning: .full),
  ]

  @Test("is told by what the caller can do", arguments: answers)
  func mapping(_ answer: Answer) async throws {
    try await StandIn.with { server in
      // Twice: credentials that have expired are asked for once more.
      try await server.script("[\(answer.script), \(answer.script)]")
      try await S3Stage.withStore(on: server) { store in
        let key = try S3Stage.key("a/b")
        let error = try await S3Stage.error { () async throws(ObjectStoreError) in try await store.put([1], at: key) }
        switch (error, answer.meaning) {
        case (.unavailable(let after, let reason), .unavailable(let expected)):
          #expect(after == expected)
          #expect(reason.hasPrefix("put of 'a/b' in bucket 'logs' at \(server.url): \(answer.status)"))
          #expect(answer.code.isEmpty || reason.contains("(request id id-7)"))
        case (.rejected(let reason), .rejected), (.full(let reason), .full):
          #expect(reason.contains(answer.hint))
          #expect(reason.contains("'logs'"))
        case (.notFound(key), .notFound), (.alreadyExists(key), .alreadyExists): break
        default: Issue.record("\(answer.testDescription) was told as \(error)")
        }
      }
    }
  }

  @Test("is unavailable when it resets, cuts its answer short, or is not there", arguments: ["reset", "cut"])
  func broken(_ trouble: String) async throws {
    try await StandIn.with { server in
      // More than one: libcurl itself tries again on a connection of its own.
      try await server.script("[{\"do\": \"\(trouble)\"}, {\"do\": \"\(trouble)\"}, {\"do\": \"\(trouble)\"}]")
      try await S3Stage.withStore(on: server) { store in
        let key = try S3Stage.key("a")
        let error = try await S3Stage.error { () async throws(ObjectStoreError) in
          try await store.get(key, limit: 2_000)
        }
        guard case .unavailable = error else { throw error }
      }
    }
  }

  @Test("is unavailable when it does not answer in time, and a cancelled call does not wait for it")
  func hanging() async throws {
    try await StandIn.with { server in
      try await server.script("[{\"do\": \"hang\"}, {\"do\": \"hang\"}]")
      try await S3Stage.withStore(on: server, change: { $0.requestTimeout = .milliseconds(300) }) { store in
        let key = try S3Stage.key("a")
        let error = try await S3Stage.error { () async throws(ObjectStoreError) in try await store.put([1], at: key) }
        guard case .unavailable(_, let reason) = error else { throw error }
        #expect(reason.contains("no answer in time"))
      }
      try await S3Stage.withStore(on: server, change: { $0.requestTimeout = .seconds(50) }) { store in
        let key = try S3Stage.key("a")
        let call = Task {
          try await S3Stage.error { () async throws(ObjectStoreError) in try await store.put([1], at: key) }
        }
        while try await server.requests().count < 2 { await Task.yield() }
        call.cancel()
        guard case .cancelled = try await call.value else { throw StandIn.Failure(description: "it is not cancelled") }
      }
    }
  }

  @Test("refuses a request beyond those that may wait, and those that wait when the store is closed")
  func fullQueue() async throws {
    try await StandIn.with { server in
      try await server.script("[{\"do\": \"hang\"}]")
      try await S3Stage.withStore(
        on: server, change: { $0.http = HTTPClientConfiguration(maximumTransfers: 1, maximumWaiting: 1) }
      ) { store in
        let key = try S3Stage.key("a")
        let outcomes = try await withThrowingTaskGroup(of: ObjectStoreError.self) { group in
          for _ in 0..<3 {
            group.addTask {
              try await S3Stage.error { () async throws(ObjectStoreError) in try await store.put([1], at: key) }
            }
          }
          var outcomes: [ObjectStoreError] = []
          while let outcome = try await group.next() {
            outcomes.append(outcome)
            // The first to end is the third that came: one is on the wire, one waits.
            if outcomes.count == 1 { await store.close() }
          }
          return outcomes
        }
        guard case .unavailable(.some, let reason) = outcomes[0] else { throw outcomes[0] }
        #expect(reason.contains("2 requests are under way"))
        for outcome in outcomes.dropFirst() {
          guard case .rejected(let reason) = outcome else { throw outcome }
          #expect(reason.contains("the store is closed"))
        }
      }
    }
  }

  @Test("is asked by its own time after it refused ours, once")
  func skew() async throws {
    try await StandIn.with { server in
      let answer =
        "{\"status\": 403, \"headers\": {\"Date\": \"Fri, 01 Jan 2100 12:00:00 GMT\"}, \"body\": "
        + "\"<Error><Code>RequestTimeTooSkewed</Code></Error>\"}"
      try await server.script("[\(answer)]")
      let telemetry = RecordingTelemetry()
      try await S3Stage.withStore(on: server, telemetry: telemetry) { store in
        let key = try S3Stage.key("a")
        try await store.put([1], at: key)
        try await store.put([1], at: key)
        let days = try await server.requests().map { $0.headers["x-amz-date"]?.prefix(8) }
        #expect(days.count == 3)
        #expect(days.dropFirst().allSatisfy { $0 == "21000101" })
        #expect(telemetry.events.count == 1)
        try await server.script("[\(answer), \(answer)]")
        let error = try await S3Stage.error { () async throws(ObjectStoreError) in try await store.put([1], at: key) }
        guard case .rejected(let reason) = error else { throw error }
        #expect(reason.contains("set this machine's clock"))
      }
    }
  }

  @Test("has the parts of a failed upload aborted")
  func abortedUpload() async throws {
    try await StandIn.with { server in
      let begun =
        "{\"body\": \"<InitiateMultipartUploadResult><UploadId>u-1</UploadId></InitiateMultipartUploadResult>\"}"
      let taken = "{\"headers\": {\"ETag\": \"tag\"}}"
      // At the end 200, and an error in the body.
      let failed = "{\"body\": \"<Error><Code>InternalError</Code></Error>\"}"
      try await server.script("[\(begun), \(taken), \(taken), \(failed)]")
      try await S3Stage.withStore(
        on: server, change: { ($0.partBytes, $0.multipartThreshold) = (5 << 20, 5 << 20) }
      ) { store in
        let key = try S3Stage.key("a")
        let error = try await S3Stage.error { () async throws(ObjectStoreError) in
          try await store.put([UInt8](repeating: 7, count: 6 << 20), at: key)
        }
        guard case .unavailable = error else { throw error }
        let requests = try await server.requests()
        #expect(requests.map(\.method) == ["POST", "PUT", "PUT", "POST", "DELETE"])
        #expect(requests[3].body.contains("<PartNumber>1</PartNumber><ETag>tag</ETag><ChecksumCRC32C>"))
        #expect(requests[4].path == "/logs/a?uploadId=u-1")
      }
    }
  }

  @Test("is not believed to honour conditions unless it shows that it does", arguments: [412, 200, 501])
  func probe(_ status: Int) async throws {
    try await StandIn.with { server in
      let listing = "{\"body\": \"<ListBucketResult/>\"}"
      try await server.script("[\(listing), {\"status\": 200}, {\"status\": \(status)}]")
      try await S3Stage.withStore(try S3Stage.configuration(at: server)) { store in
        #expect(store.honoursConditions == (status == 412))
        let requests = try await server.requests()
        #expect(requests.map(\.method) == ["GET", "PUT", "PUT", "DELETE"])
        #expect(requests[2].headers["if-none-match"] == "*")
        #expect(requests[2].headers["x-amz-checksum-crc32c"] != nil)
      }
    }
  }

  @Test("is asked for a bucket to be made only where that is allowed", arguments: [true, false])
  func missingBucket(_ createsBucket: Bool) async throws {
    try await StandIn.with { server in
      try await server.script("[{\"status\": 404, \"body\": \"<Error><Code>NoSuchBucket</Code></Error>\"}]")
      var configuration = try S3Stage.configuration(at: server)
      configuration.createsBucket = createsBucket
      if createsBucket {
        try await S3Stage.withStore(configuration) { _ in
          let requests = try await server.requests()
          #expect(requests[1].method == "PUT")
          #expect(requests[1].path == "/logs")
        }
      } else {
        let error = try await S3Stage.refusal(toOpen: configuration)
        guard case .rejected = error else { throw error }
        #expect(try await server.requests().count == 1)
      }
    }
  }
}

package import Domain

/// An object store whose calls are told to telemetry, each with its outcome, bytes and duration.
package struct MeteredObjectStore<Base: ObjectStore>: ObjectStore {
  private let base: Base
  private let meter: PortMeter

  package init(_ base: Base, clock: any WallClock, telemetry: any Telemetry) {
    self.base = base
    meter = PortMeter(port: .objectStore, clock: clock, telemetry: telemetry)
  }

  package func put(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try await measure("put", bytes: { bytes.count }) { () async throws(ObjectStoreError) in
      try await base.put(bytes, at: key)
    }
  }

  package func putIfAbsent(_ bytes: [UInt8], at key: ObjectKey) async throws(ObjectStoreError) {
    try await measure("put_if_absent", bytes: { bytes.count }) { () async throws(ObjectStoreError) in
      try await base.putIfAbsent(bytes, at: key)
    }
  }

  package func get(_ key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
    try await measure("get", bytes: \.count) { () async throws(ObjectStoreError) in
      try await base.get(key, limit: limit)
    }
  }

  package func get(_ key: ObjectKey, range: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
    try await measure("get_range", bytes: \.count) { () async throws(ObjectStoreError) in
      try await base.get(key, range: range)
    }
  }

  package func end(of key: ObjectKey, limit: Int) async throws(ObjectStoreError) -> ObjectEnd {
    try await measure("get_end", bytes: \.bytes.count) { () async throws(ObjectStoreError) in
      try await base.end(of: key, limit: limit)
    }
  }

  package func list(
    below prefix: String, page: String?, limit: Int
  ) async throws(ObjectStoreError) -> ObjectListing {
    try await measure("list", bytes: { _ in 0 }) { () async throws(ObjectStoreError) in
      try await base.list(below: prefix, page: page, limit: limit)
    }
  }

  package func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
    try await measure("delete", bytes: { 0 }) { () async throws(ObjectStoreError) in try await base.delete(key) }
  }

  private func measure<Answer>(
    _ operation: StaticString, bytes: (Answer) -> Int, _ call: () async throws(ObjectStoreError) -> Answer
  ) async throws(ObjectStoreError) -> Answer {
    try await meter.measure(operation, bytes: bytes, outcome: Self.outcome, call)
  }

  private static func outcome(_ error: ObjectStoreError) -> PortOutcome {
    switch error {
    case .notFound, .alreadyExists, .tooLarge, .rangeNotSatisfiable: .refused
    case .unavailable, .full, .rejected: .failed
    case .cancelled: .cancelled
    }
  }
}

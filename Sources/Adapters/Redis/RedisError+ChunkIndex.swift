import Application

extension ChunkIndexError {
  init(_ error: RedisError) {
    self =
      switch error {
      case .unavailable(let reason, let retryAfter): .unavailable(retryAfter: retryAfter, reason: "index: \(reason)")
      case .refused(let reason): .rejected(reason: "index: \(reason)")
      case .corrupt(let reason): .corrupt(reason: "index: \(reason)")
      case .cancelled: .cancelled
      }
  }
}

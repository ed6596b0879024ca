package import Application
package import Domain

/// The processors in Redis, by its clock.
package final class RedisProcessorDirectory: ProcessorDirectory {
  private let redis: any RedisServing
  private let key: RedisKey

  package convenience init(_ client: RedisClient) { self.init(client, prefix: client.configuration.prefix) }

  init(_ redis: any RedisServing, prefix: String) {
    self.redis = redis
    key = RedisKey("{\(prefix)}:processors")
  }

  package func announce(
    _ processor: ProcessorEntry, for lifetime: Duration
  ) async throws(ProcessorDirectoryError) {
    _ = try await call(
      RedisScript.announceProcessor,
      [processor.processor.bytes, processor.stored, .init(decimal: max(1, lifetime.wholeMilliseconds))])
  }

  package func withdraw(_ processor: Identifier128) async throws(ProcessorDirectoryError) {
    // A lifetime that is over.
    _ = try await call(RedisScript.announceProcessor, [processor.bytes, [], .init(decimal: 0)])
  }

  package func processors() async throws(ProcessorDirectoryError) -> [ProcessorEntry] {
    let reply = try await call(RedisScript.liveProcessors)
    do throws(RedisError) {
      var entries: [ProcessorEntry] = []
      for element in try reply.elements(of: "processors") {
        let bytes = try element.bytes(of: "a processor")
        do throws(DecodingError) { entries.append(try ProcessorEntry(stored: bytes.span)) } catch {
          throw .corrupt("a processor: \(error)")
        }
      }
      return entries.latestOwnersFirst
    } catch { throw ProcessorDirectoryError(error) }
  }

  private func call(
    _ script: RedisScript, _ arguments: [[UInt8]] = []
  ) async throws(ProcessorDirectoryError) -> RedisReply {
    do throws(RedisError) { return try await redis.run(RedisCommand(script, key, arguments), near: key) } catch {
      throw ProcessorDirectoryError(error)
    }
  }
}

extension ProcessorDirectoryError {
  init(_ error: RedisError) {
    switch error {
    case .unavailable(let reason, _), .refused(let reason), .corrupt(let reason):
      self = .unavailable(reason: "processors: \(reason)")
    case .cancelled: self = .cancelled
    }
  }
}

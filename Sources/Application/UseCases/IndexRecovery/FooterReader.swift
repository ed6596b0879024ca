import Domain

/// Reads the footers of objects, several at a time.
struct FooterReader: Sendable {
  let store: any ObjectStore
  let configuration: IndexRecoveryConfiguration

  /// An object as its footer tells of it.
  struct Found: Sendable {
    let footer: ObjectFooter
    let size: Int
  }

  /// What became of reading one.
  enum Reading: Sendable {
    case whole(Found)
    case damaged(reason: String)
  }

  /// - Returns: One for each key, in their order.
  /// - Throws: If one cannot be read now; what is damaged is no error.
  func read(_ keys: ArraySlice<ObjectKey>) async throws(IndexOperationError) -> [Reading] {
    let outcomes = await withTaskGroup(of: Outcome.self) { group in
      for key in keys { group.addTask { await outcome(of: key) } }
      var outcomes: [ObjectKey: Outcome] = [:]
      for await outcome in group { outcomes[outcome.key] = outcome }
      return outcomes
    }
    var readings: [Reading] = []
    for key in keys {
      guard let outcome = outcomes[key] else { preconditionFailure("one task a key, each answers") }
      readings.append(try outcome.reading.get())
    }
    return readings
  }

  /// By key, and no tuple: in an optimised build of Swift 6.3.1, tasks that returned `(place, .success(…))`
  /// out of a `do` with typed throws were seen to come back in the order of their ends, so that footers went to other keys.
  private struct Outcome: Sendable {
    let key: ObjectKey
    let reading: Result<Reading, IndexOperationError>
  }

  private func outcome(of key: ObjectKey) async -> Outcome {
    let reading: Result<Reading, IndexOperationError>
    do throws(IndexOperationError) { reading = .success(try await read(key)) } catch { reading = .failure(error) }
    return Outcome(key: key, reading: reading)
  }

  private func read(_ key: ObjectKey) async throws(IndexOperationError) -> Reading {
    do throws(ObjectStoreError) {
      let end = try await store.end(of: key, limit: configuration.footerReadBytes)
      let trailer = Array(end.bytes.suffix(ObjectFormat.trailerBytes))
      let range: Range<Int>
      do throws(DecodingError) {
        range = try ObjectFormat.footerRange(trailer: trailer.span, size: end.size)
      } catch { return .damaged(reason: error.description) }
      let start = end.size - end.bytes.count
      let bytes =
        range.lowerBound >= start
        ? Array(end.bytes[(range.lowerBound - start)..<(range.upperBound - start)])
        : range.isEmpty ? [] : try await store.get(key, range: range)
      do throws(DecodingError) {
        return .whole(Found(footer: try ObjectFormat.footer(bytes.span, trailer: trailer.span), size: end.size))
      } catch { return .damaged(reason: error.description) }
    } catch {
      switch error {
      case .notFound, .rangeNotSatisfiable: return .damaged(reason: "\(error)")
      default: throw IndexOperationError(error)
      }
    }
  }
}

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
    let readings = await withTaskGroup(of: (Int, Result<Reading, IndexOperationError>).self) { group in
      for (place, key) in keys.enumerated() {
        group.addTask {
          do throws(IndexOperationError) { return (place, .success(try await read(key))) } catch {
            return (place, .failure(error))
          }
        }
      }
      var readings: [(Int, Result<Reading, IndexOperationError>)] = []
      for await reading in group { readings.append(reading) }
      return readings.sorted { $0.0 < $1.0 }
    }
    var results: [Reading] = []
    for (_, reading) in readings { results.append(try reading.get()) }
    return results
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

import Domain

/// The letters of a queue that are published: an ingestor's at once, an owner's once the index has their id in a committed
/// flush. Or, where a selection asks for them, the others.
struct PublishedLetters: Sendable {
  /// Letters, and bytes of their contents, that are in memory at a time.
  static let pageLetters = 256
  static let pageBytes = 4 << 20

  let queue: any DeadLetterQueue
  let index: any ChunkIndex

  struct Page: Sendable {
    /// Those that are published, or asked for although they are not, and match.
    let letters: [KeptDeadLetter]
    /// Looked at.
    let scanned: Int
    let next: UInt64?
  }

  /// One page of the queue, of which only some may fit.
  ///
  /// - Parameter limit: Letters to return at most; the page is as large whatever it is, since few may fit.
  func page(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int = .max
  ) async throws(DeadLetterOperationsError) -> Page {
    let page: DeadLetterPage
    do throws(DeadLetterQueueError) {
      page = try await queue.read(from: position, limit: Self.pageLetters, bytes: Self.pageBytes)
    } catch { throw DeadLetterOperationsError(error) }
    let letters = try await asked(
      page.letters.filter { selection.matches($0.letter) }, areUncommitted: selection.isUncommitted)
    let next = letters.count > limit ? letters[limit].position : page.next
    return Page(letters: Array(letters.prefix(limit)), scanned: page.letters.count, next: next)
  }

  func letter(
    _ number: UInt64, isUncommitted: Bool = false
  ) async throws(DeadLetterOperationsError) -> KeptDeadLetter {
    let page: DeadLetterPage
    do throws(DeadLetterQueueError) {
      page = try await queue.read(from: number, limit: 1, bytes: Self.pageBytes)
    } catch { throw DeadLetterOperationsError(error) }
    guard let letter = try await asked(page.letters, areUncommitted: isUncommitted).first, letter.position == number
    else {
      throw .notFound(number: number)
    }
    return letter
  }

  private func asked(
    _ letters: [KeptDeadLetter], areUncommitted: Bool
  ) async throws(DeadLetterOperationsError) -> [KeptDeadLetter] {
    let ids = letters.filter { $0.letter.flush != nil }.map(\.letter.id)
    if ids.isEmpty { return areUncommitted ? [] : letters }
    let committed: Set<DeadLetterID>
    do throws(ChunkIndexError) { committed = try await index.committedDeadLetters(among: ids) } catch {
      throw DeadLetterOperationsError(error)
    }
    return letters.filter { kept in
      let isPublished = kept.letter.flush == nil || committed.contains(kept.letter.id)
      return isPublished != areUncommitted
    }
  }
}

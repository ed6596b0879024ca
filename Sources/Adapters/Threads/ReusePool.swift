/// Keeps a few expensive things for their next use: codec contexts, buffers.
///
/// Bounded by what it keeps, not by what is in use: a caller never waits, it makes one of its own, which is dropped
/// afterwards if the pool is full. The one used last is given out first, since it is still in the caches.
package final class ReusePool<Element>: Sendable {
  private let idle = Lock<[Element]>([])
  private let limit: Int
  private let make: @Sendable () -> Element

  /// - Parameters:
  ///   - limit: How many unused ones are kept.
  ///   - make: Called without a lock held, by the thread that finds nothing to reuse.
  package init(keeping limit: Int, make: @escaping @Sendable () -> Element) {
    self.limit = limit
    self.make = make
  }

  /// Lends one to `body`, to nobody else meanwhile. It must not be kept beyond the call.
  package func withElement<Result, Failure: Error>(
    _ body: (Element) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let element = idle.withLock { $0.popLast() } ?? make()
    defer {
      idle.withLock { if $0.count < limit { $0.append(element) } }
    }
    return try body(element)
  }

  /// How many wait for their next use.
  package var idleCount: Int { idle.withLock { $0.count } }
}

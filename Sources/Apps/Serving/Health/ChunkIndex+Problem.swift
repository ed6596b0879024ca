package import Application
import Domain

extension ChunkIndex {
  /// Why nobody can work with the index, in words for an operator; nil if somebody can.
  package func problem() async -> String? {
    do throws(ChunkIndexError) {
      guard try await generation() == nil else { return nil }
      return "the index has no generation marker: it was lost, or belongs to other objects"
    } catch { return "the index does not answer: \(error)" }
  }
}

/// How far a drop of dead letters got with a few hundred of them.
package struct DeadLetterDrop: Hashable, Sendable {
  /// Gone for good.
  package let dropped: Int
  /// Selected, and left as they are: no replay of them was accepted, and without force nothing is lost.
  package let kept: Int

  package init(dropped: Int, kept: Int) {
    self.dropped = dropped
    self.kept = kept
  }
}

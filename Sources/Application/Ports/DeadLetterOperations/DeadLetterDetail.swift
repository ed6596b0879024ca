package import Domain

/// A dead letter with its content.
package struct DeadLetterDetail: Hashable, Sendable {
  package let summary: DeadLetterSummary
  package let content: DeadLetter.Content

  package init(summary: DeadLetterSummary, content: DeadLetter.Content) {
    self.summary = summary
    self.content = content
  }
}

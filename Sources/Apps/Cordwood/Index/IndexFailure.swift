import Application

/// Why a command on the index failed, in words for whoever gave it.
struct IndexFailure: Error, CustomStringConvertible {
  let description: String

  init(_ error: IndexOperationError) {
    if case .cancelled = error {
      description = "interrupted: the index has no marker until 'cordwood index rebuild' is run to its end"
    } else {
      description = PrintableText.make(error.description, newline: " ")
    }
  }
}

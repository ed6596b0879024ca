/// What an import tells while it runs.
package enum ImportProgress: Sendable {
  /// Asking a server for its terms: may take as long as there is none.
  case connecting
  /// Passing over what was imported before.
  case skipping(bytes: UInt64)
  /// - Parameters:
  ///   - position: Of what `size` counts: see `LogSource.size`.
  case advanced(ImportCounts, position: Int, size: Int?)
  /// A batch could not be sent, and will be again.
  case retrying(reason: String, after: Duration)
}

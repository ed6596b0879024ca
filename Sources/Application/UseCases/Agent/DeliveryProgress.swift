/// What an import or a generator tells while it runs.
package enum DeliveryProgress: Sendable {
  /// Asking a server for its terms: may take as long as there is none.
  case connecting
  /// A server has answered.
  case connected
  /// Passing over what was imported before.
  case skipping(bytes: UInt64)
  /// - Parameter position: Of what `size` counts: see `LogSource.size`. 0 where nothing is read.
  case advanced(DeliveryCounts, position: Int, size: Int?)
  /// A batch could not be sent, and will be again.
  case retrying(reason: String, after: Duration)
}

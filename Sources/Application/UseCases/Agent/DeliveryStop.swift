/// Why a delivery ends before it is complete.
struct DeliveryStop: Error {
  let end: DeliveryReport.End

  init(_ end: DeliveryReport.End) { self.end = end }

  init(_ error: LogSourceError) {
    if case .cancelled = error { end = .interrupted } else { end = .sourceFailed(error) }
  }

  init(failure: DeliverBatch.Failure) {
    switch failure {
    case .rejected(let reason): end = .rejected(reason: reason)
    case .cancelled: end = .interrupted
    }
  }
}

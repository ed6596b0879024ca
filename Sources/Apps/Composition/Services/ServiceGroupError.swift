/// Why a `ServiceGroup` ended otherwise than by being asked to.
package enum ServiceGroupError: Error, CustomStringConvertible {
  /// `service` threw `cause`; the others were stopped.
  case failed(service: String, cause: any Error)
  /// `service` returned although nobody had asked it to; the others were stopped.
  case endedUnasked(service: String)
  /// These services were still running when the time for stopping was over. They are left behind, cancelled.
  case stopTimedOut(services: [String], after: Duration)

  package var description: String {
    switch self {
    case .failed(let service, let cause): "\(service) failed: \(cause)"
    case .endedUnasked(let service): "\(service) ended although nothing had asked it to"
    case .stopTimedOut(let services, let limit):
      "still running \(DurationUnit.text(limit)) after the stop began: \(services.joined(separator: ", "))"
    }
  }
}

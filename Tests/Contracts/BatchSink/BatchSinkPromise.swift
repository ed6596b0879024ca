import Application
import Domain
import Testing

/// What every way of an agent's batches to an ingestor promises.
///
/// Left open on purpose: in which order batches arrive that are sent at the same time; whether a batch arrived whose
/// connection broke, or whose call was cancelled.
package enum BatchSinkPromise: String, CaseIterable, Sendable {
  case tellsTheTerms
  case encodesTheSameBytesEachTime
  case deliversEverythingOfABatch
  case deliversTheLargestBatch
  case sendsTheSameContentAgain
  case carriesEveryOutcome
  case throwsARejection
  case givesEachCallItsOwnAnswer
  case answersTwoCallsWithTheSameBatch
  case keepsTenantsApart
  case throwsUnavailableWhenTheConnectionBreaks
  case endsACallThatIsCancelled
  case refusesAfterItsEnd

  /// Records an issue if the promise is broken. What the stage cannot arrange is not checked.
  package func check(on stage: BatchSinkStage) async throws {
    switch self {
    case .tellsTheTerms: try await checkTerms(stage)
    case .encodesTheSameBytesEachTime: try await checkEncoding(stage)
    case .deliversEverythingOfABatch: try await checkDelivery(stage)
    case .deliversTheLargestBatch: try await checkLargest(stage)
    case .sendsTheSameContentAgain: try await checkAge(stage)
    case .carriesEveryOutcome: try await checkOutcomes(stage)
    case .throwsARejection: try await checkRejection(stage)
    case .givesEachCallItsOwnAnswer: try await checkMany(stage)
    case .answersTwoCallsWithTheSameBatch: try await checkTwins(stage)
    case .keepsTenantsApart: try await checkTenants(stage)
    case .throwsUnavailableWhenTheConnectionBreaks: try await checkBreak(stage)
    case .endsACallThatIsCancelled: try await checkCancellation(stage)
    case .refusesAfterItsEnd: try await checkEnd(stage)
    }
  }

  // MARK: What is sent

  static let producer = ProducerID(Identifier128(high: 0x1111_2222_3333_4444, low: 0x5555_6666_7777_8888))

  func stream(_ service: String = "api-service", tenant: String = "tenant-1") throws -> StreamID {
    StreamID(tenant: try TenantID(tenant), service: try ServiceName(service))
  }

  func batch(_ stream: StreamID, sequence: UInt64 = 0, messages: [[UInt8]] = [Array("one".utf8)]) -> OutgoingBatch {
    var events = EventColumns()
    let (key, text, level) = (Array("ключ".utf8), Array("värde".utf8), Array("Info".utf8))
    for (row, message) in messages.enumerated() {
      if row % 2 == 0 {
        events.appendAttribute(key: key.span, string: text.span)
        events.appendAttribute(key: level.span, int: .min)
        events.appendAttribute(key: text.span, double: -0.5)
        events.appendAttribute(key: Self.flag.span, bool: false)
      }
      events.endEvent(
        timestamp: Timestamp(nanoseconds: 1_700_000_000_000_000_000 - Int64(row)),
        severity: Severity(number: row % 25) ?? .unspecified, severityText: row % 3 == 0 ? level.span : Self.none.span,
        message: message.span, traceID: row % 2 == 0 ? TraceID(Identifier128(high: 1, low: UInt64(row))) : nil,
        spanID: row % 3 == 1 ? SpanID(.max - UInt64(row)) : nil, index: UInt32(row))
    }
    AttributeEncoding.append(Attribute(key: "host.name", value: .string("node-1")), to: &events.resource)
    return OutgoingBatch(
      stream: stream, producer: Self.producer, sequence: sequence, placement: 2, acceptsAnyAge: true,
      traceParent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", events: events)
  }

  private static let flag = Array("flag".utf8)
  private static let none: [UInt8] = []
}

package import Application
package import Domain

/// The door without a wire: the driving port itself. It does what a decoder does: checks names and single events.
package struct DirectIngestDoor: IngestDoor {
  private let ingest: any EventIngest
  private let now: @Sendable () -> Timestamp

  /// - Parameter now: For events that name no time.
  package init(_ ingest: any EventIngest, now: @escaping @Sendable () -> Timestamp) {
    self.ingest = ingest
    self.now = now
  }

  package func terms(tenant: String) async throws(IngestRefusal) -> IngestTerms {
    let id = try Self.tenant(tenant)
    do throws(EventIngestError) { return try await ingest.terms(for: id) } catch { throw IngestRefusal(error) }
  }

  package func push(_ batch: IngestDraft, tenant: String) async throws(IngestRefusal) -> BatchOutcome {
    let id = try Self.tenant(tenant)
    let service: ServiceName
    do throws(NameError) { service = try ServiceName(batch.service) } catch {
      throw .rejected(reason: "service: \(error)")
    }
    let terms = try await terms(tenant: tenant)
    let (events, rejections) = decode(batch, terms.eventLimits)
    var digest = CRC32C()
    for event in batch.events {
      digest.update(length: event.message.count)
      digest.update(event.message.span)
    }
    let submission = BatchSubmission(
      stream: StreamID(tenant: id, service: service), producer: batch.producer, sequence: batch.sequence,
      digest: digest.value, placement: batch.placement ?? terms.placementVersion, age: batch.age, acceptsAnyAge: false,
      traceParent: "", events: events, rejections: rejections,
      wireBytes: batch.events.reduce(0) { $0 + $1.message.count + 16 })
    do throws(EventIngestError) { return try await ingest.ingest(submission) } catch { throw IngestRefusal(error) }
  }

  private func decode(_ batch: IngestDraft, _ limits: EventLimits) -> (EventColumns, [EventRejection]) {
    var columns = EventColumns()
    var rejections: [EventRejection] = []
    let noText: [UInt8] = []
    for (index, event) in batch.events.enumerated() {
      let index = UInt32(index)
      if event.message.count > limits.messageBytes {
        rejections.append(EventRejection(index: index, reason: .messageTooLong, content: event.message))
        continue
      }
      let trace = Identifier128(bytes: event.traceID.span)
      if !event.traceID.isEmpty, trace == nil {
        rejections.append(EventRejection(index: index, reason: .invalidTraceID, content: event.message))
        continue
      }
      columns.endEvent(
        timestamp: event.time ?? now(), severity: .unspecified, severityText: noText.span, message: event.message.span,
        traceID: trace.flatMap(TraceID.init), spanID: nil, index: index)
    }
    return (columns, rejections)
  }

  private static func tenant(_ name: String) throws(IngestRefusal) -> TenantID {
    do throws(NameError) { return try TenantID(name) } catch { throw .rejected(reason: "tenant: \(error)") }
  }
}

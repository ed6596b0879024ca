package import Domain

/// A batch as a sender composes it, rules broken or not.
package struct IngestDraft: Hashable, Sendable {
  package struct Event: Hashable, Sendable {
    package var message: [UInt8]
    /// Nil: some time within the last minutes, by the clock of whoever sends.
    package var time: Timestamp?
    /// 16 bytes, or none, unless a rule is to be broken.
    package var traceID: [UInt8]

    package init(_ message: [UInt8], time: Timestamp? = nil, traceID: [UInt8] = []) {
      self.message = message
      self.time = time
      self.traceID = traceID
    }
  }

  package var service: String
  package var producer: ProducerID?
  package var sequence: UInt64
  /// Nil: the one that the terms give.
  package var placement: UInt32?
  package var age = Duration.zero
  package var events: [Event]

  package init(
    service: String = "api-service", producer: ProducerID? = IngestDraft.someProducer, sequence: UInt64 = 0,
    events: [Event]
  ) {
    self.service = service
    self.producer = producer
    self.sequence = sequence
    self.events = events
  }

  package static let someProducer = ProducerID(Identifier128(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210))

  /// The service as the domain knows it; traps for a draft that breaks its rules, whose stream nobody can ask for.
  package func stream(tenant: TenantID) -> StreamID {
    do throws(NameError) { return StreamID(tenant: tenant, service: try ServiceName(service)) } catch {
      preconditionFailure("a draft with the service '\(service)' has no stream: \(error)")
    }
  }
}

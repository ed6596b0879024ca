package import Domain

/// The data sets of the promises. Always the same, so that a failure can be looked at again.
package enum EventCorpus {
  package static let tenant = name("tenant-1", TenantID.init)
  package static let otherTenant = name("tenant-2", TenantID.init)
  package static let api = name("api-service", ServiceName.init)
  package static let web = name("web", ServiceName.init)
  /// 2026-11-24T12:00:00Z.
  package static let noon = Timestamp(nanoseconds: 1_795_521_600_000_000_000)
  package static let trace = identifier(0x0af7_6519_16cd_43dd, 0x8448_eb21_1c80_319c, TraceID.init)

  /// 300 events of two services and two tenants over five hours, many at the same nanosecond, in batches that overlap in
  /// time and came in no order: levels of all kinds, some with "timeout" in the message, some with a trace.
  package static let mixed: [StoredBatch] = {
    var random = SplitMix(seed: 7)
    return (0..<20).map { number in
      let drafts = (0..<15).map { _ in draft(&random) }
      return StoredBatch(
        tenant: number % 5 == 4 ? otherTenant : tenant, service: number % 2 == 0 ? api : web,
        producer: ProducerID(Identifier128(high: 1, low: UInt64(number % 3))), sequence: UInt64(number / 3), drafts)
    }
  }()

  /// All that an event may carry, one event each.
  package static let colourful = StoredBatch(
    tenant: tenant, service: api, producer: ProducerID(Identifier128(high: 9, low: 9)), sequence: 3,
    resource: [
      Attribute(key: "host.name", value: .string("node-7")), Attribute(key: "replica", value: .int(2)),
    ],
    [
      EventDraft(at: noon, ""),
      EventDraft(at: noon, "a \"quoted\" \\ text\nwith lines\r\n\tand \u{1}controls\u{7F}"),
      EventDraft(at: noon, "Grüße, 日本語, 🪵, e\u{301} and \u{E9}, \u{FFFD}, \u{2028}"),
      EventDraft(at: noon).with { $0.message = Array(0...255) },
      EventDraft(at: noon).with { $0.message = [0x61, 0xC3, 0x28, 0xE2, 0x82, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x62] },
      EventDraft(at: noon).with { $0.message = [UInt8](repeating: UInt8(ascii: "\n"), count: 100_000) },
      EventDraft(at: noon, "with ids").with {
        $0.traceID = trace
        $0.spanID = SpanID(0x00f0_67aa_0ba9_02b7)
      },
      EventDraft(at: noon, "with attributes").with {
        $0.attributes = [
          Attribute(key: "text", value: .string("a \"b\"\n")), Attribute(key: "empty", value: .string("")),
          Attribute(key: "largest", value: .int(.max)), Attribute(key: "smallest", value: .int(.min)),
          Attribute(key: "double", value: .double(-0.1)), Attribute(key: "whole", value: .double(3)),
          Attribute(key: "tiny", value: .double(.leastNonzeroMagnitude)), Attribute(key: "yes", value: .bool(true)),
          Attribute(key: "no", value: .bool(false)),
          Attribute(key: "schlüssel \"\u{1}\"", value: .int(0)),
        ]
      },
      EventDraft(at: noon, "with a word of its own", severity: .warn).with { $0.severityText = "Warnung" },
      EventDraft(at: noon, "without a level", severity: .unspecified),
      EventDraft(at: noon.advanced(by: .nanoseconds(1)), "moved", severity: .fatal).with {
        $0.originalTimestamp = Timestamp(nanoseconds: -1)
      },
    ])

  private static func draft(_ random: inout SplitMix) -> EventDraft {
    // Every fourth at one of three moments, so that pages end between equal times.
    let isShared = random.next() % 4 == 0
    let offset = isShared ? Int64(random.next() % 3) * 3_600_000_000_000 : Int64(random.next() % 18_000_000_000_000)
    let number = UInt8(random.next() % 25)
    let words = [
      "connection timeout", "Connection Timeout", "done in 12 ms", "timeout", "user logged in", "zeitüberschreitung",
    ]
    return EventDraft(
      at: noon.advanced(by: .nanoseconds(offset)), words[Int(random.next() % 6)],
      severity: Severity(number: Int(number)) ?? .unspecified
    ).with { draft in
      if random.next() % 10 == 0 { draft.traceID = trace }
    }
  }

  private static func name<Value>(_ text: String, _ make: (String) throws(NameError) -> Value) -> Value {
    do throws(NameError) { return try make(text) } catch { preconditionFailure("\(text): \(error)") }
  }

  private static func identifier<Value>(_ high: UInt64, _ low: UInt64, _ make: (Identifier128) -> Value?) -> Value {
    guard let value = make(Identifier128(high: high, low: low)) else { preconditionFailure("an id of zeros") }
    return value
  }
}

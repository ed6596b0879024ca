import Application
import Domain

/// Reads a `Batch` in one pass over its bytes, straight into columns: no object, no `String` and no copy an event
/// beyond the columns themselves.
///
/// Protobuf's rules hold: fields in any order, unknown ones passed over, the last of a repeated scalar counts, a batch
/// that is there twice is merged. Groups, which proto3 does not have, are an error.
struct BatchWalker {
  let limits: EventLimits
  private let maximumBytes: Int
  private let maximumSingleEventBytes: Int

  /// Bytes of all `Batch` payloads so far.
  private(set) var wireBytes = 0
  private(set) var producer = 0..<0
  private(set) var service = 0..<0
  private(set) var traceParent = 0..<0
  private(set) var sequence: UInt64 = 0
  private(set) var placement: UInt32 = 0
  private(set) var acceptsAnyAge = false
  private(set) var resourceFault: EventRejection.Reason?
  private var digestState = CRC32C()
  private var eventCount = 0
  private var resourceKeys = AttributeKeys()
  /// Of the event that is being read.
  var keys = AttributeKeys()
  var columns: EventColumns
  var rejections: [EventRejection] = []

  /// - Parameter messageBytes: Bytes of what is going to be read, to make room for.
  init(_ terms: IngestTerms, messageBytes: Int) {
    limits = terms.eventLimits
    maximumBytes = terms.maximumBatchBytes
    maximumSingleEventBytes = terms.maximumSingleEventBatchBytes
    let expected = min(messageBytes, maximumSingleEventBytes)
    // Log lines of usual length give the number of events; more just grow the columns.
    columns = EventColumns(reservingEvents: expected / 200 + 1, bytes: expected)
  }

  /// CRC-32C of resource and event payloads in the order of the wire, each preceded by its length.
  var digest: UInt32 { digestState.value }

  /// Reads one `Batch` payload, which `range` of `bytes` is.
  ///
  /// - Throws: `.malformed` or `.tooLarge`; what is wrong with single values is left in ranges and `resourceFault`.
  mutating func walk(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(BatchFault) {
    wireBytes += range.count
    // Before anything is built from it: tiny events need many times their size in columns.
    guard wireBytes <= maximumSingleEventBytes else {
      throw .tooLarge(bytes: wireBytes, limit: maximumSingleEventBytes, isSingleEvent: true)
    }
    var cursor = WireCursor(range)
    do throws(DecodingError) {
      while !cursor.isAtEnd, !isTooLarge { try field(bytes, at: &cursor) }
    } catch {
      throw .malformed(error)
    }
    if isTooLarge { throw .tooLarge(bytes: wireBytes, limit: maximumBytes, isSingleEvent: false) }
  }

  /// The smaller limit counts from the second event on.
  @inline(__always)
  private var isTooLarge: Bool { eventCount > 1 && wireBytes > maximumBytes }

  @inline(__always)
  private mutating func field(_ bytes: Span<UInt8>, at cursor: inout WireCursor) throws(DecodingError) {
    switch try cursor.tag(bytes) {
    case IngestorFields.Batch.events:
      let event = try cursor.payload(bytes)
      mix(bytes, event)
      try walk(event: event, of: bytes, index: UInt32(truncatingIfNeeded: eventCount))
      eventCount &+= 1
    case IngestorFields.Batch.resourceAttributes:
      let attribute = try cursor.payload(bytes)
      mix(bytes, attribute)
      try resource(attribute, of: bytes)
    case IngestorFields.Batch.producerID: producer = try cursor.payload(bytes)
    case IngestorFields.Batch.sequence: sequence = try cursor.varint(bytes)
    case IngestorFields.Batch.service: service = try cursor.payload(bytes)
    case IngestorFields.Batch.placementVersion: placement = UInt32(truncatingIfNeeded: try cursor.varint(bytes))
    case IngestorFields.Batch.acceptsAnyAge: acceptsAnyAge = try cursor.varint(bytes) != 0
    case IngestorFields.Batch.traceparent: traceParent = try cursor.payload(bytes)
    case let tag: try cursor.skip(tag, bytes)
    }
  }

  @inline(__always)
  private mutating func mix(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    digestState.update(length: range.count)
    digestState.update(bytes.extracting(range))
  }

  private mutating func resource(_ range: Range<Int>, of bytes: Span<UInt8>) throws(DecodingError) {
    let attribute = try WireAttribute(bytes, range)
    guard resourceFault == nil else { return }
    resourceFault = attribute.fault(bytes, limits)
    if resourceKeys.count == limits.attributes { resourceFault = .tooManyAttributes }
    guard resourceFault == nil else { return }
    guard resourceKeys.insert(attribute.key, of: bytes) else {
      resourceFault = .duplicateAttribute
      return
    }
    let key = bytes.extracting(attribute.key)
    switch attribute.value {
    case .missing: break
    case .string(let text): AttributeEncoding.append(key: key, string: bytes.extracting(text), to: &columns.resource)
    case .int(let value): AttributeEncoding.append(key: key, int: value, to: &columns.resource)
    case .double(let value): AttributeEncoding.append(key: key, double: value, to: &columns.resource)
    case .bool(let value): AttributeEncoding.append(key: key, bool: value, to: &columns.resource)
    }
  }
}

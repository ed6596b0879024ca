import Application
import Domain

@testable import GRPCAdapter

/// Builds messages field by field, also ones that no writer of ours would write.
struct Wire: Sendable {
  private(set) var bytes: [UInt8] = []

  func varint(_ field: UInt64, _ value: UInt64) -> Wire { adding { $0.append(tag: field << 3, varint: value) } }

  func fixed64(_ field: UInt64, _ value: UInt64) -> Wire { adding { $0.append(tag: field << 3 | 1, fixed64: value) } }

  func bytes(_ field: UInt64, _ value: [UInt8]) -> Wire { adding { $0.append(tag: field << 3 | 2, message: value) } }

  func text(_ field: UInt64, _ value: String) -> Wire { bytes(field, Array(value.utf8)) }

  func message(_ field: UInt64, _ value: Wire) -> Wire { bytes(field, value.bytes) }

  func raw(_ value: [UInt8]) -> Wire { adding { $0 += value } }

  private func adding(_ change: (inout [UInt8]) -> Void) -> Wire {
    var copy = self
    change(&copy.bytes)
    return copy
  }
}

extension Wire {
  /// A `Batch` with an identity, for events to be added to (field 8).
  static var batch: Wire { Wire().bytes(1, [UInt8](repeating: 9, count: 16)).varint(2, 5).text(3, "api-service") }

  /// The batch as a `PushRequest` is decoded.
  func submission(age: UInt64 = 0, terms: IngestTerms = Samples.terms) throws(BatchFault) -> BatchSubmission {
    let request = Wire().message(1, self).varint(2, age)
    return try BatchSubmission(pushRequest: request.bytes.span, tenant: .default, terms: terms)
  }
}

import Domain

/// What is bound to a parameter.
enum SQLiteValue: Equatable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])
}

extension SQLiteValue {
  init(_ value: Int) { self = .integer(Int64(value)) }

  /// As a signed number of the same bits: such numbers are compared for equality only.
  init(bits value: UInt64) { self = .integer(Int64(bitPattern: value)) }

  init(_ time: Timestamp) { self = .integer(time.nanoseconds) }

  init(_ partition: PartitionID) { self = .integer(Int64(partition.number)) }

  /// Sixteen bytes.
  init(_ identifier: Identifier128) {
    var bytes: [UInt8] = []
    identifier.append(to: &bytes)
    self = .blob(bytes)
  }
}

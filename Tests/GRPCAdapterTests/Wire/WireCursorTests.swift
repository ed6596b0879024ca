import Domain
import Testing

@testable import GRPCAdapter

@Suite("Protobuf's wire format")
struct WireCursorTests {
  @Test("varints of every length", arguments: [0, 1, 127, 128, 300, 1 << 35, UInt64.max - 1, UInt64.max])
  func varints(_ value: UInt64) throws {
    var bytes: [UInt8] = []
    bytes.append(varint: value)
    var cursor = WireCursor(0..<bytes.count)
    #expect(try cursor.varint(bytes.span) == value)
    #expect(cursor.isAtEnd)
    #expect(WireSize.varint(value) == bytes.count)
  }

  @Test("a varint of eleven bytes is refused, and one whose tenth byte is too large")
  func longVarints() {
    for last in [[0x80, 0x01], [0x02]] as [[UInt8]] {
      let bytes = [UInt8](repeating: 0x80, count: 9) + last
      var cursor = WireCursor(0..<bytes.count)
      let error = #expect(throws: DecodingError.self) { try cursor.varint(bytes.span) }
      #expect(error?.kind == .malformed)
      #expect(error?.offset == 0)
    }
  }

  @Test("an unknown field of any wire type but a group is passed over", arguments: [UInt64(0), 1, 2, 5])
  func skips(_ type: UInt64) throws {
    let payload: [UInt8] =
      switch type {
      case 0: [0x96, 0x01]
      case 1: [1, 2, 3, 4, 5, 6, 7, 8]
      case 2: [3, 1, 2, 3]
      default: [1, 2, 3, 4]
      }
    var bytes: [UInt8] = []
    bytes.append(varint: 1000 << 3 | type)
    bytes += payload
    var cursor = WireCursor(0..<bytes.count)
    let tag = try cursor.tag(bytes.span)
    try cursor.skip(tag, bytes.span)
    #expect(cursor.isAtEnd)
  }

  @Test("groups and wire types that do not exist are refused", arguments: [UInt64(3), 4, 6, 7])
  func refuses(_ type: UInt64) throws {
    let bytes = [UInt8(9 << 3 | type), 0, 0, 0, 0, 0, 0, 0, 0]
    var cursor = WireCursor(0..<bytes.count)
    let tag = try cursor.tag(bytes.span)
    let error = #expect(throws: DecodingError.self) { try cursor.skip(tag, bytes.span) }
    #expect(error?.reason.contains("wire type \(type)") == true)
  }

  @Test("field number 0 and tags over 32 bits are refused", arguments: [UInt64(0), 7, 1 << 32])
  func tags(_ tag: UInt64) {
    var bytes: [UInt8] = []
    bytes.append(varint: tag)
    var cursor = WireCursor(0..<bytes.count)
    #expect(throws: DecodingError.self) { try cursor.tag(bytes.span) }
  }

  @Test("a length that leaves its message is refused, also one over 63 bits", arguments: [UInt64(3), 1 << 63, .max])
  func lengths(_ length: UInt64) {
    var bytes: [UInt8] = []
    bytes.append(varint: length)
    let start = bytes.count
    bytes += [1, 2, 3]
    var cursor = WireCursor(0..<(bytes.count - 1))
    let error = #expect(throws: DecodingError.self) { try cursor.payload(bytes.span) }
    #expect(error?.kind == .truncated)
    #expect(error?.offset == start)
  }
}

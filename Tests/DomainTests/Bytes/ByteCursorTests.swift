import Domain
import Testing

@Suite("reading bytes that are not trusted")
struct ByteCursorTests {
  @Test(
    "varints and zigzags of every size come back",
    arguments: [0, 1, 127, 128, 300, 1 << 31, Int64.max, -1, -64, -65, Int64.min] as [Int64])
  func integers(_ value: Int64) throws {
    var bytes: [UInt8] = []
    bytes.append(varint: UInt64(bitPattern: value))
    bytes.append(zigzag: value)
    var cursor = ByteCursor(end: bytes.count)
    #expect(try cursor.varint(bytes.span) == UInt64(bitPattern: value))
    #expect(try cursor.zigzag(bytes.span) == value)
    #expect(cursor.remaining == 0)
  }

  @Test(
    "a varint that does not end, or is too large, is an error",
    arguments: [
      [0x80], [UInt8](repeating: 0xff, count: 10), [UInt8](repeating: 0x80, count: 11),
    ] as [[UInt8]])
  func badVarint(_ bytes: [UInt8]) {
    var cursor = ByteCursor(end: bytes.count)
    #expect(throws: DecodingError.self) { try cursor.varint(bytes.span) }
  }

  @Test("a count never promises more than the bytes left can hold")
  func count() throws {
    var bytes: [UInt8] = []
    bytes.append(varint: 1 << 40)
    bytes.append(contentsOf: [1, 2, 3])
    var cursor = ByteCursor(end: bytes.count)
    #expect(throws: DecodingError.self) { try cursor.count(bytes.span, ofAtLeast: 1) }
  }
}

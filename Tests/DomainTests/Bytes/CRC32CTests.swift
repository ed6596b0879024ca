import Domain
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
  @Test(
    "gives the vectors of RFC 3720 appendix B.4",
    arguments: [
      (Array("123456789".utf8), 0xE306_9283), ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xff, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E), ([], 0),
    ] as [([UInt8], UInt32)])
  func vectors(_ bytes: [UInt8], _ checksum: UInt32) {
    let found = CRC32C.checksum(bytes.span)
    #expect(found == checksum)
  }

  @Test("does not depend on how the bytes are cut")
  func pieces() {
    var random = SeededGenerator(seed: 1)
    let bytes = random.bytes(1_000)
    for _ in 0..<100 {
      let cut = random.below(bytes.count)
      var crc = CRC32C()
      crc.update(bytes.span.extracting(0..<cut))
      crc.update(bytes.span.extracting(cut..<bytes.count))
      let whole = CRC32C.checksum(bytes.span)
      #expect(crc.value == whole)
    }
  }

  @Test("a length mixed in is four bytes, little-endian")
  func length() {
    var crc = CRC32C()
    crc.update(length: 0x0102_0304)
    let bytes: [UInt8] = [4, 3, 2, 1]
    let expected = CRC32C.checksum(bytes.span)
    #expect(crc.value == expected)
  }
}

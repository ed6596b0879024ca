import Domain
import Testing

@Suite("UTF-8 validation")
struct UTF8ValidationTests {
  @Test("agrees with the standard library on random bytes near UTF-8")
  func agrees() {
    var random = SeededGenerator(seed: 5)
    let interesting: [UInt8] = [
      0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<random.below(14)).map { _ in interesting[random.below(interesting.count)] }
      let isValid = UTF8Validation.isValid(bytes.span)
      #expect(isValid == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }
}

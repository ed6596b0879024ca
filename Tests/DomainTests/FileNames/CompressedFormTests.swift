import Domain
import Testing

@Suite("Signs of compression") struct CompressedFormTests {
  private static let starts: [(CompressedForm, [UInt8])] = [
    (.gzip, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), (.zstd, [0x28, 0xb5, 0x2f, 0xfd, 4, 0]),
    (.xz, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]), (.lz4, [4, 0x22, 0x4d, 0x18, 0x64]),
    (.bzip2, Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]),
    (.bzip2, Array("BZh1".utf8) + [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]),
  ]

  @Test("are the first bytes", arguments: starts)
  func firstBytes(_ form: CompressedForm, _ start: [UInt8]) {
    let sign = CompressedForm.sign(start.span)
    #expect(sign == .compressed(form))
  }

  @Test("are not told by too few bytes", arguments: starts)
  func tooFew(_ form: CompressedForm, _ start: [UInt8]) {
    let sign = CompressedForm.sign(start.span.extracting(..<2))
    #expect(sign == .undecided)
    let nothing = CompressedForm.sign(start.span.extracting(..<0))
    #expect(nothing == .undecided)
  }

  @Test("are not found in text", arguments: ["a", "BZh9 is a level", "2026-01-01 up", "{", "\n", "(µ"])
  func text(_ text: String) {
    let bytes = Array(text.utf8)
    let sign = CompressedForm.sign(bytes.span)
    #expect(sign == .plain)
  }

  @Test("are endings of names", arguments: ["/a.gz", "/a.log.1.zst", "/a.tar.xz", "/b.bz2", "/c.Z", "/d.lzma"])
  func names(_ path: String) { #expect(CompressedForm.isTold(byNameOf: path)) }

  @Test("are not every ending", arguments: ["/a.log", "/gz", "/a.gz.log", "/a.gzx", "/a.xlzma", "", "/agz"])
  func otherNames(_ path: String) { #expect(!CompressedForm.isTold(byNameOf: path)) }
}

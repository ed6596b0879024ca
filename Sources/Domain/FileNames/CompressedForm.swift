/// The forms of compression that old log files are kept in.
package enum CompressedForm: String, CaseIterable, Sendable {
  case gzip, zstd, xz, bzip2, lz4

  /// Enough first bytes to tell each form.
  package static let recognisedBytes = 10

  /// What the first bytes say of a file.
  package enum Sign: Hashable, Sendable {
    case compressed(CompressedForm)
    case plain
    /// The file begins like a compressed one, or is empty: ask again when it is longer.
    case undecided
  }

  /// - Parameter start: The first bytes of a file, `recognisedBytes` unless it is shorter.
  package static func sign(_ start: Span<UInt8>) -> Sign {
    var isOpen = start.count == 0
    for form in allCases {
      for magic in form.magics {
        let count = min(magic.count, start.count)
        var isEqual = true
        // A zero stands for any byte.
        for index in 0..<count where magic[index] != 0 && magic[index] != start[index] { isEqual = false }
        if isEqual, start.count >= magic.count { return .compressed(form) }
        isOpen = isOpen || isEqual
      }
    }
    return isOpen ? .undecided : .plain
  }

  /// Whether a path ends as those of compressed files do (`.gz`, `.tar.zst`).
  package static func isTold(byNameOf path: String) -> Bool {
    let bytes = path.utf8
    // Not one byte of most names is looked at beyond these: every file of a folder is asked about.
    guard let dot = bytes.suffix(longestEnding + 1).lastIndex(of: UInt8(ascii: ".")) else { return false }
    let ending = bytes[dot...].dropFirst()
    return endings.contains { $0.elementsEqual(ending) }
  }

  private static let endings = [
    "gz", "tgz", "zst", "xz", "bz2", "lz4", "lzma", "lzo", "sz", "br", "zip", "7z", "Z",
  ].map { Array($0.utf8) }
  private static let longestEnding = 4

  /// RFC 1952 with the one method there is; RFC 8878; the .xz format 1.2; bzip2's block and end marks behind the level; the
  /// LZ4 frame format 1.6. The last zero of xz's magic is left out, since a zero stands for any byte.
  private var magics: [[UInt8]] {
    switch self {
    case .gzip: [[0x1f, 0x8b, 8]]
    case .zstd: [[0x28, 0xb5, 0x2f, 0xfd]]
    case .xz: [[0xfd, 0x37, 0x7a, 0x58, 0x5a]]
    case .bzip2:
      [
        Array("BZh".utf8) + [0, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
        Array("BZh".utf8) + [0, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
      ]
    case .lz4: [[0x04, 0x22, 0x4d, 0x18]]
    }
  }
}

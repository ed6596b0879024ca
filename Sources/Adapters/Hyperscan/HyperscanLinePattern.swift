package import Domain
import Threads

/// A regular expression for single lines, run by Hyperscan: linear in the line's length whatever the pattern.
///
/// The syntax is PCRE's without back references, look-around and atomic groups (README.md). Bytes are compared, not
/// characters: a text beyond ASCII is found as it is written, but a class cannot hold such a character. `^` and `$` are the
/// line's start and end, `.` is any byte.
package struct HyperscanLinePattern: LinePattern {
  /// Bytes of the pattern itself.
  package static let maximumBytes = 1_000
  /// As `PatternSize` measures it: keeps compiling below a tenth of a second.
  package static let maximumSize = 1_000
  /// Unused scratch memories kept, a few kilobytes each: as many threads as there are cores read lines.
  private static let keptScratches = 4

  private let database: HyperscanDatabase
  private let scratches: ReusePool<HyperscanScratch>

  package init(_ pattern: String) throws(LinePatternError) {
    guard pattern.utf8.count <= Self.maximumBytes else {
      throw .tooLong(bytes: pattern.utf8.count, limit: Self.maximumBytes)
    }
    // The library takes a C string, whose end such a byte would be.
    guard !pattern.utf8.contains(0) else { throw .invalid(reason: "it has a NUL character; write \\x00") }
    let size = PatternSize.of(pattern)
    guard size <= Self.maximumSize else { throw .tooLarge(size: size, limit: Self.maximumSize) }
    let database = try HyperscanDatabase(pattern)
    self.database = database
    scratches = ReusePool(keeping: Self.keptScratches) { HyperscanScratch(database) }
  }

  package func matches(_ line: Span<UInt8>) -> Bool {
    scratches.withElement { database.matches(line, $0) }
  }
}

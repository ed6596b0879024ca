/// Which journal is read, and how.
package struct JournaldConfiguration: Sendable {
  /// Where a stream without a cursor begins.
  package enum Start: Sendable {
    /// With the oldest entry that the journal still has.
    case oldest
    /// With what comes from now on.
    case now
  }

  package var start = Start.oldest
  /// More words for journalctl: `--unit=nginx`, `--directory=/var/log/journal`, `_UID=0`. See journalctl(1).
  package var arguments: [String] = []
  /// A path, or a name to be looked for in PATH.
  package var program = "journalctl"
  /// Bytes of an entry in its JSON form that are kept together; journald's own entries are below 800 MB, sane ones below 1 MB.
  package var maximumLineBytes = 4 << 20

  package init() {}

  /// The command that reads behind `cursor`.
  func words(after cursor: String?) -> [String] {
    // --all: without it journalctl says null for a field of over 4,096 bytes.
    var words = [program, "--output=json", "--all", "--follow", "--no-pager", "--quiet"]
    switch (cursor, start) {
    case (let cursor?, _): words += ["--no-tail", "--after-cursor=\(cursor)"]
    case (nil, .oldest): words += ["--no-tail"]
    case (nil, .now): words += ["--lines=0"]
    }
    return words + arguments
  }
}

/// The words and letters that lines of text use for levels.
enum LevelWord {
  /// Bytes of the shortest and the longest one.
  static let lengths = 3...13

  /// What `word` stands for, whatever its case; nil if it is no level.
  static func severity(_ word: PackedWord) -> Severity? {
    for entry in table where entry.word == word { return entry.severity }
    return nil
  }

  /// Android's and klog's letters.
  static func severity(letter: UInt8) -> Severity? {
    switch letter {
    case UInt8(ascii: "V"): .trace
    case UInt8(ascii: "D"): .debug
    case UInt8(ascii: "I"): .info
    case UInt8(ascii: "W"): .warn
    case UInt8(ascii: "E"): .error
    case UInt8(ascii: "F"), UInt8(ascii: "A"): .fatal
    default: nil
    }
  }

  /// Names of keys whose value is the level, as in `level=warn`.
  static func isKey(_ word: PackedWord) -> Bool { keys.contains(word) }

  private static let keys = ["level", "lvl", "severity", "loglevel", "log.level", "log_level", "levelname"]
    .map { PackedWord($0) }

  private static let table: [(word: PackedWord, severity: Severity)] = names.map { name, severity in
    (PackedWord(name), severity)
  }

  /// The commonest first; three-letter forms are those of Serilog and zerolog.
  private static let names: [(String, Severity)] = [
    ("info", .info), ("debug", .debug), ("warn", .warn), ("error", .error), ("warning", .warn), ("trace", .trace),
    ("notice", Severity(trusted: 10)), ("fatal", .fatal), ("critical", Severity(trusted: 18)), ("err", .error),
    ("crit", Severity(trusted: 18)), ("alert", Severity(trusted: 19)), ("emerg", .fatal), ("emergency", .fatal),
    ("panic", .fatal), ("severe", .error), ("verbose", .trace), ("fine", .debug), ("finest", .trace),
    ("information", .info), ("informational", .info), ("inf", .info), ("wrn", .warn), ("dbg", .debug), ("trc", .trace),
    ("ftl", .fatal),
  ]
}

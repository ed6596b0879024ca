/// Names of segments that are kept because something in them is damaged: whoever looks after the machine may want to see them,
/// or read what is left by other means. The log never reads or removes them.
enum DamagedSegmentName {
  private static let prefix = "damaged-"
  private static let missingPrefix = "missing-"

  static func text(_ base: UInt64) -> String { prefix + SegmentName.text(base) }

  /// Of an empty file that stands for a segment that is not there although it should be.
  static func missing(_ base: UInt64) -> String { missingPrefix + SegmentName.text(base) }

  static func isMissing(_ name: String) -> Bool { name.hasPrefix(missingPrefix) }

  static func isOne(_ name: String) -> Bool { name.hasPrefix(prefix) || name.hasPrefix(missingPrefix) }
}

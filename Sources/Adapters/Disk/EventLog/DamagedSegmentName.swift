/// Names of segments that are kept because something in them is damaged: whoever looks after the machine may want to see them,
/// or read what is left by other means. The log never reads or removes them.
enum DamagedSegmentName {
  private static let prefix = "damaged-"

  static func text(_ base: UInt64) -> String { prefix + SegmentName.text(base) }

  static func isOne(_ name: String) -> Bool { name.hasPrefix(prefix) }
}

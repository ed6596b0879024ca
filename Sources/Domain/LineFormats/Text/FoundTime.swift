/// The time that a line says, and where it stands.
struct FoundTime: Sendable {
  /// What is written tells more than the time: some shapes have a level of their own beside it.
  enum Shape: Sendable {
    /// Nothing more.
    case plain
    /// `I0102 15:04:05.123456`: the letter before it is the level.
    case klog
    /// `03-17 16:13:38.811  1702  2395 D Tag:`: the letter behind two numbers is the level.
    case monthAndDay
  }

  let timestamp: Timestamp
  /// Bytes of the line, without brackets or quotes around it.
  let range: Range<Int>
  let shape: Shape
}

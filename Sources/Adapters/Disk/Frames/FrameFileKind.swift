/// What a file of frames is for: its first bytes, and how it is called in messages.
struct FrameFileKind: Sendable {
  /// Eight bytes of ASCII.
  let magic: String
  /// The newest version that this build reads and the one that it writes.
  let version: UInt32
  /// An older one that it reads, too; nil if there is none.
  var olderVersion: UInt32?
  /// Bytes of a frame's content at most; a longer length is damage.
  let frameBytes: Int
  /// A header that is no header, and an end that is neither cut short nor unwritten, are damage: for files whose frames were all
  /// acknowledged, and are salvaged.
  var isSalvaged = false
}

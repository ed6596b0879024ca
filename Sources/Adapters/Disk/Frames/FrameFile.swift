import Domain

/// An append-only file of checksummed frames: what the smaller stores of this adapter are made of.
///
/// It begins with 16 bytes: magic (8), version (4), CRC-32C of both (4). One owner at a time; every call blocks.
struct FrameFile: Sendable {
  static let headerBytes = 16
  /// Bytes that are searched at once.
  static let searchBytes = 1 << 20

  let file: any File
  let kind: FrameFileKind
  /// The one that the file says it has.
  var version: UInt32
  /// Where the next frame goes; all before it was written without an error.
  private(set) var end: Int
  /// All before it is on the device.
  private(set) var durableEnd: Int
  /// A write failed and what it left could not be cut off: nothing more is appended.
  private var failure: FileError?
  /// The folder in which the file has a name that may be gone after a power cut.
  private var unsyncedFolder: (path: String, files: any FileSystem)?

  /// Opens the file, or makes it with the frames of `first` in it, shows each frame's content and position to `visit`, and
  /// cuts off the torn tail of a crash.
  ///
  /// - Returns: The file, and how many bytes were cut off.
  static func open(
    _ path: String, _ kind: FrameFileKind, _ files: any FileSystem, first: [[UInt8]] = [],
    visit: (_ content: [UInt8], _ position: Int) throws(DecodingError) -> Void
  ) throws(FrameFileError) -> (file: FrameFile, dropped: Int) {
    try open(path, kind, files, first: first) { (content, position, _) throws(DecodingError) in
      try visit(content, position)
    }
  }

  /// As above, for a kind with an older version: `visit` is told which one the file has.
  static func open(
    _ path: String, _ kind: FrameFileKind, _ files: any FileSystem, first: [[UInt8]] = [],
    visit: (_ content: [UInt8], _ position: Int, _ version: UInt32) throws(DecodingError) -> Void
  ) throws(FrameFileError) -> (file: FrameFile, dropped: Int) {
    let file = try FrameFileError.translating { () throws(FileError) in try openOrMake(path, kind, files, first) }
    var frames = try FrameFile(unchecked: file, kind)
    let size = frames.end
    let position = try frames.visitAll(visit)
    (frames.end, frames.durableEnd) = (position, position)
    try FrameFileError.translating { () throws(FileError) in
      if position < size { try file.truncate(to: position) }
      try file.sync()
    }
    return (frames, size - position)
  }

  /// Shows each frame of a file that is left as it is; the torn tail of a crash is passed over.
  ///
  /// - Returns: Whether there is such a file.
  static func look(
    at path: String, _ kind: FrameFileKind, _ files: any FileSystem,
    visit: (_ content: [UInt8], _ position: Int, _ version: UInt32) throws(DecodingError) -> Void
  ) throws(FrameFileError) -> Bool {
    let file: any File
    do throws(FileError) { file = try files.open(path, .read) } catch {
      if error.kind == .notFound { return false }
      throw .file(error)
    }
    var frames = try FrameFile(unchecked: file, kind)
    _ = try frames.visitAll(visit)
    return true
  }

  /// Begins an empty file that will take the place of the one at `path`: `move` shows it.
  static func draft(of path: String, _ kind: FrameFileKind, _ files: any FileSystem) throws(FrameFileError) -> FrameFile
  {
    try FrameFileError.translating { () throws(FileError) in
      let file = try files.open(path + FilePath.draftSuffix, .replace)
      try file.write(header(kind).span, at: 0)
      return FrameFile(file: file, kind: kind, end: headerBytes, durableEnd: headerBytes)
    }
  }

  /// Makes a draft's content durable and gives it its name. From here on the file that had it has none: whoever used that
  /// goes on with this one, whatever comes. The name is durable once `syncName` or a synced `append` returns.
  mutating func move(to path: String, _ files: any FileSystem) throws(FrameFileError) {
    do throws(FileError) {
      try sync()
      try files.rename(file.path, to: path)
    } catch { throw .file(error) }
    unsyncedFolder = (FilePath.parent(of: path) ?? ".", files)
  }

  /// Makes the file's name durable, if it may not be.
  mutating func syncName() throws(FileError) {
    guard let folder = unsyncedFolder else { return }
    try folder.files.syncFolder(folder.path)
    unsyncedFolder = nil
  }

  /// The whole of a new file.
  static func encoded(_ kind: FrameFileKind, _ contents: [[UInt8]]) -> [UInt8] {
    var bytes = header(kind)
    for content in contents { Frame.append(content.span, durableBelow: 0, to: &bytes) }
    return bytes
  }

  /// - Parameter version: Nil for the kind's own.
  static func header(_ kind: FrameFileKind, version: UInt32? = nil) -> [UInt8] {
    var bytes = Array(kind.magic.utf8)
    bytes.append(uint32: version ?? kind.version)
    bytes.append(uint32: CRC32C.checksum(bytes.span))
    return bytes
  }

  /// Writes frames behind the last one: all, or after an error none.
  ///
  /// - Parameter syncs: They, all before them, and the file's name are durable on return.
  /// - Returns: Where each of them begins.
  mutating func append(_ contents: [[UInt8]], syncs: Bool) throws(FileError) -> [Int] {
    if let failure { throw failure }
    if syncs { try syncName() }
    var bytes: [UInt8] = []
    var positions: [Int] = []
    for content in contents {
      positions.append(end + bytes.count)
      Frame.append(content.span, durableBelow: durableEnd, to: &bytes)
    }
    do throws(FileError) {
      try file.write(bytes.span, at: end)
      if syncs { try file.sync() }
    } catch {
      cutOff(error)
      throw error
    }
    end += bytes.count
    if syncs { durableEnd = end }
    return positions
  }

  /// Makes all that was written durable.
  mutating func sync() throws(FileError) {
    if let failure { throw failure }
    try file.sync()
    durableEnd = end
  }

  /// The content of the frame at a position, and where the next one begins; nil at the end.
  func read(at position: Int) throws(FrameFileError) -> (content: [UInt8], next: Int)? {
    guard position < end else { return nil }
    guard position >= Self.headerBytes, let frame = try intactFrame(at: position) else {
      throw damage(at: position, "there is no undamaged frame")
    }
    return frame
  }

  /// Takes all that is there for frames: neither they nor the header are looked at yet.
  init(unchecked file: any File, _ kind: FrameFileKind) throws(FrameFileError) {
    let size = try FrameFileError.translating { () throws(FileError) in try file.size() }
    self.init(file: file, kind: kind, end: size, durableEnd: size)
  }

  private init(file: any File, kind: FrameFileKind, end: Int, durableEnd: Int) {
    self.file = file
    self.kind = kind
    version = kind.version
    self.end = end
    self.durableEnd = durableEnd
  }

  /// Checks the header and shows each frame, where `end` is the file's size.
  ///
  /// - Returns: Where the last whole frame ends.
  private mutating func visitAll(
    _ visit: (_ content: [UInt8], _ position: Int, _ version: UInt32) throws(DecodingError) -> Void
  ) throws(FrameFileError) -> Int {
    try checkHeader()
    var position = Self.headerBytes
    while position < end {
      guard let frame = try intactFrame(at: position) else {
        let isDamage = try hasProofOfDamage(at: position)
        let isTail = kind.isSalvaged ? try isDamagedTail(at: position) : false
        if isDamage || isTail {
          throw damage(at: position, "what was durable has changed")
        }
        break
      }
      do throws(DecodingError) { try visit(frame.content, position, version) } catch {
        throw damage(at: position, "\(error)")
      }
      position = frame.next
    }
    return position
  }

  /// Takes away what a failed write left, so that neither a later frame nor a restart meets it.
  private mutating func cutOff(_ error: FileError) {
    do throws(FileError) { try file.truncate(to: end) } catch { failure = error }
  }

  private static func openOrMake(
    _ path: String, _ kind: FrameFileKind, _ files: any FileSystem, _ first: [[UInt8]]
  ) throws(FileError) -> any File {
    do throws(FileError) { return try files.open(path, .update) } catch { if error.kind != .notFound { throw error } }
    try files.replace(path, with: encoded(kind, first))
    return try files.open(path, .update)
  }

  mutating func checkHeader() throws(FrameFileError) {
    let header = try FrameFileError.translating { () throws(FileError) in try file.read(Self.headerBytes, at: 0) }
    let isWhole = header.count == Self.headerBytes
    let isIntact = isWhole && CRC32C.checksum(header.span.extracting(0..<12)) == header.span.uint32(at: 12)
    guard isWhole, header.starts(with: kind.magic.utf8) else {
      if kind.isSalvaged, !isIntact { throw damage(at: 0, "there is no header") }
      throw .foreign(
        reason: "'\(file.path)' does not begin with '\(kind.magic)': it is another kind of file; move it away")
    }
    version = header.span.uint32(at: 8)
    // Where frames are salvaged, a version that may be damaged does not make the file another build's.
    let isBelieved = isIntact || !kind.isSalvaged
    guard version == kind.version || version == kind.olderVersion || !isBelieved else {
      let readable = kind.olderVersion.map { "\($0) and \(kind.version)" } ?? "\(kind.version)"
      throw .foreign(reason: "'\(file.path)' has format \(version), this build reads \(readable): upgrade cordwood")
    }
    guard isIntact else {
      throw damage(at: 12, "the header's checksum does not fit")
    }
  }

  func intactFrame(at position: Int) throws(FrameFileError) -> (content: [UInt8], next: Int)? {
    try FrameFileError.translating { () throws(FileError) in
      let header = try file.read(Frame.headerBytes, at: position)
      guard let frame = Frame(header.span, at: 0, position: position, limit: kind.frameBytes),
        position + frame.byteCount <= end
      else { return nil }
      let bytes = try file.read(frame.byteCount, at: position)
      guard bytes.count == frame.byteCount, frame.isIntact(bytes.span, at: 0) else { return nil }
      return ([UInt8](bytes.span.extracting(Frame.headerBytes...)), position + frame.byteCount)
    }
  }

  /// Whether a frame behind `damaged` says that the file was durable beyond it. Reads and sums only where the mark is one
  /// that would prove it.
  private func hasProofOfDamage(at damaged: Int) throws(FrameFileError) -> Bool {
    try firstIntactFrame(behind: damaged) { $0.durableBelow > damaged } != nil
  }

  /// Where the first intact frame behind a broken one begins, of those that are to be read and summed; nil if there is none.
  /// Looks at every byte, since lengths cannot be trusted any more. Holds a chunk and a frame at once.
  ///
  /// - Parameter isTried: Asked of what looks like a frame's header and has room for its content.
  func firstIntactFrame(behind broken: Int, isTried: (Frame) -> Bool) throws(FrameFileError) -> Int? {
    var start = broken + 1
    while end - start >= Frame.headerBytes {
      let chunk = try FrameFileError.translating { () throws(FileError) in
        try file.read(min(Self.searchBytes, end - start), at: start)
      }
      guard chunk.count >= Frame.headerBytes else { return nil }
      for index in 0...(chunk.count - Frame.headerBytes) {
        let position = start + index
        guard let frame = Frame(chunk.span, at: index, position: position, limit: kind.frameBytes),
          position + frame.byteCount <= end, isTried(frame), try intactFrame(at: position) != nil
        else { continue }
        return position
      }
      start += chunk.count - Frame.headerBytes + 1
    }
    return nil
  }

  private func damage(at position: Int, _ reason: String) -> FrameFileError {
    .corrupt(
      reason: "'\(file.path)' is damaged at byte \(position): \(reason); move the file away to begin anew without it")
  }
}

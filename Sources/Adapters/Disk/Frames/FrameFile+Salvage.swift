import Domain

extension FrameFile {
  /// How often at most each byte of a file is summed in the search: contents that look like frames must not make it endless.
  private static let sumsOfAByte = 4

  /// Shows each intact frame of a damaged file, which is left as it is.
  ///
  /// Where a frame is not what was written, its length leads to the next one if an intact one is there; else the next intact
  /// frame is searched byte by byte. A frame that `visit` refuses is lost, too.
  ///
  /// - Returns: The file, to read from, and how many bytes of it are lost.
  static func salvage(
    _ path: String, _ kind: FrameFileKind, _ files: any FileSystem,
    visit: (_ content: [UInt8], _ position: Int, _ version: UInt32) throws(DecodingError) -> Void
  ) throws(FrameFileError) -> (file: FrameFile, lost: Int) {
    let file = try FrameFileError.translating { () throws(FileError) in try files.open(path, .read) }
    var frames = try FrameFile(unchecked: file, kind)
    do throws(FrameFileError) { try frames.checkHeader() } catch {
      guard case .corrupt = error else { throw error }
      frames.version = kind.version
    }
    var position = Self.headerBytes
    var lost = 0
    let size = frames.end
    var budget = max(size, Self.searchBytes) * Self.sumsOfAByte
    while position < size {
      guard let frame = try frames.intactFrame(at: position) else {
        let next = try frames.intactPosition(behind: position, &budget) ?? size
        lost += next - position
        position = next
        continue
      }
      do throws(DecodingError) { try visit(frame.content, position, frames.version) } catch {
        lost += frame.next - position
      }
      position = frame.next
    }
    return (frames, lost)
  }

  /// Whether the end from a position on is neither cut short nor unwritten: what was there may have been acknowledged.
  func isDamagedTail(at position: Int) throws(FrameFileError) -> Bool {
    let bytes = try FrameFileError.translating { () throws(FileError) in
      try file.read(min(end - position, Frame.headerBytes + kind.frameBytes), at: position)
    }
    if bytes.count < Frame.headerBytes || UnwrittenSectors.areIn(bytes.span, at: position) { return false }
    guard let frame = Frame(bytes.span, at: 0, position: position, limit: kind.frameBytes) else { return true }
    // A length that is too long is one that was damaged, if all else is there.
    return position + frame.byteCount <= end || frame.isIntactButForLength(bytes.span)
  }

  /// Where the first intact frame behind a broken one begins; nil if there is none.
  private func intactPosition(behind broken: Int, _ budget: inout Int) throws(FrameFileError) -> Int? {
    let header = try FrameFileError.translating { () throws(FileError) in try file.read(Frame.headerBytes, at: broken) }
    if let frame = Frame(header.span, at: 0, position: broken, limit: kind.frameBytes) {
      let next = broken + frame.byteCount
      if next == end { return next }
      if next < end, try intactFrame(at: next) != nil { return next }
    }
    return try firstIntactFrame(behind: broken) { frame in
      budget -= frame.byteCount
      return budget >= 0
    }
  }
}

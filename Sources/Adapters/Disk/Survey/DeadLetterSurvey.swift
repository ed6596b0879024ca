package import Application
package import Domain

/// Which dead letters are held on disk, without changing anything.
package struct DeadLetterSurvey: Sendable {
  /// Those with none are left out.
  package let counts: [DeadLetterReason: Int]
  /// Paths of files that are kept since something in them is damaged.
  package let keptFiles: [String]

  /// Reads the whole file. Blocks.
  ///
  /// - Parameter folder: Of the dead letters; the caller holds the data folder.
  /// - Returns: Nil if there is no such file.
  /// - Throws: `.corrupt` if what was durable has changed; `.unavailable` if it cannot be read, or is of a newer version.
  package init?(_ folder: String) throws(DeadLetterQueueError) {
    do throws(FrameFileError) {
      guard let catalogue = try LetterFile.catalogue(of: folder, UnchangingFileSystem()) else { return nil }
      counts = catalogue.counts
      keptFiles = try FrameFileError.translating { () throws(FileError) in
        try LetterFile.damagedFiles(in: folder, UnchangingFileSystem())
      }
    } catch { throw DeadLetterQueueError(error) }
  }
}

/// Which damage of a partition was met and told, so that each is told once, and which files are kept for it.
struct DamageRecord: Sendable {
  /// Their names in the partition's folder.
  private(set) var files: Set<String>
  /// Offsets at which damage begins that was met since the log was opened.
  private var told: Set<UInt64> = []

  init(files: Set<String>) { self.files = files }

  /// - Returns: Whether this is new.
  mutating func tell(_ offset: UInt64) -> Bool { told.insert(offset).inserted }

  mutating func keep(_ file: String) { files.insert(file) }

  /// Records below it are gone.
  mutating func forget(below offset: UInt64) { told = told.filter { $0 >= offset } }
}

import Application
import Domain

/// The letters' file and what is known of it. One owner at a time; every call blocks.
struct LetterFile: Sendable {
  private static let kind = FrameFileKind(
    magic: "cwdeadlt", version: 2, olderVersion: 1, frameBytes: 16 << 20, isSalvaged: true)
  /// Bytes that are written at a time when the file is written anew.
  private static let copyBytes = 1 << 20
  private static let damagedPrefix = "damaged-letters-"
  /// No letter has a number as high: what says so is damage.
  private static let highestNumber: UInt64 = 1 << 62

  private let configuration: DiskDeadLetterQueueConfiguration
  private let files: any FileSystem
  private let path: String
  private var file: FrameFile
  private var catalogue: LetterCatalogue
  /// Writing it anew is not tried again below this size.
  private var compactionFloor = 0
  /// Why letters that came last did not fit; nil if they did, or some were dropped since.
  private(set) var fullness: String?

  /// What was lost when the file was opened, and where the damaged one is kept; nil if nothing was.
  private(set) var damage: (bytes: Int, reason: String)?

  /// Opens the file, or makes an empty one; reads all of it once. One of version 1 is written anew, and so is one that is
  /// damaged, with the letters that are intact: the damaged one is kept under another name.
  init(_ configuration: DiskDeadLetterQueueConfiguration, _ files: any FileSystem) throws(FrameFileError) {
    self.configuration = configuration
    self.files = files
    path = Self.path(in: configuration.folder)
    var catalogue = LetterCatalogue()
    do throws(FrameFileError) {
      file = try FrameFile.open(path, Self.kind, files) { content, position, version throws(DecodingError) in
        try Self.note(content, position, version, in: &catalogue)
      }.file
    } catch {
      guard case .corrupt(let reason) = error else { throw error }
      catalogue = LetterCatalogue()
      let kept = try Self.keepDamaged(path, in: configuration.folder, files)
      let salvaged = try FrameFile.salvage(path, Self.kind, files) { content, position, version throws(DecodingError) in
        try Self.note(content, position, version, in: &catalogue)
      }
      file = salvaged.file
      damage = (salvaged.lost, "\(reason); it is kept as '\(kept)', what is intact is in the new file")
    }
    catalogue.removeDropped()
    self.catalogue = catalogue
    if file.version == 1 || damage != nil { try compact() }
  }

  /// Gives a damaged file a second name, which the queue never reads.
  private static func keepDamaged(
    _ path: String, in folder: String, _ files: any FileSystem
  ) throws(FrameFileError) -> String {
    var number = 1
    while true {
      let kept = "\(folder)/\(damagedPrefix)\(number)"
      do throws(FileError) {
        try files.link(path, to: kept)
        try files.syncFolder(folder)
        return kept
      } catch {
        guard error.kind == .exists else { throw .file(error) }
        number += 1
      }
    }
  }

  /// Paths of files that are kept since something in them is damaged.
  static func damagedFiles(in folder: String, _ files: any FileSystem) throws(FileError) -> [String] {
    try files.entries(of: folder).map(\.name).filter { $0.hasPrefix(damagedPrefix) }.sorted().map { folder + "/" + $0 }
  }

  /// What a folder's file holds, which is left as it is; nil if there is none. Reads all of it once.
  static func catalogue(of folder: String, _ files: any FileSystem) throws(FrameFileError) -> LetterCatalogue? {
    var catalogue = LetterCatalogue()
    let isThere = try FrameFile.look(at: path(in: folder), kind, files) {
      content, position, version throws(DecodingError) in
      try note(content, position, version, in: &catalogue)
    }
    catalogue.removeDropped()
    return isThere ? catalogue : nil
  }

  private static func path(in folder: String) -> String { folder + "/letters" }

  private static func note(
    _ content: [UInt8], _ position: Int, _ version: UInt32, in catalogue: inout LetterCatalogue
  ) throws(DecodingError) {
    let record =
      version == 1
      ? try LetterRecord(version1: content.span, number: catalogue.nextNumber) : try LetterRecord(content.span)
    switch record {
    case .letter(let number, _):
      guard number > catalogue.entries.last?.number ?? 0, number < highestNumber else {
        throw DecodingError(.malformed, at: 0, "letter \(number) is out of order")
      }
    case .nextNumber(let number):
      guard number < highestNumber else { throw DecodingError(.malformed, at: 0, "no letter has number \(number)") }
    case .replay, .dropped: break
    }
    catalogue.apply(record, at: position, bytes: Frame.headerBytes + content.count)
  }

  /// How many letters there are of each reason; those with none are left out.
  var counts: [DeadLetterReason: Int] { catalogue.counts }

  mutating func append(_ letters: [DeadLetter]) throws(DeadLetterQueueError) {
    var records: [LetterRecord] = []
    var seen: Set<Identifier128> = []
    for letter in letters {
      let hash = LetterHashes.hash(letter.id)
      if catalogue.contains(hash) || !seen.insert(hash).inserted { continue }
      records.append(.letter(catalogue.nextNumber + UInt64(records.count), letter))
    }
    if let reason = fullness(with: records, ofFlush: letters.contains { $0.flush != nil }) {
      fullness = reason
      throw .full(reason: reason)
    }
    fullness = nil
    try write(records)
  }

  mutating func note(_ replays: [UInt64: DeadLetterReplay]) throws(DeadLetterQueueError) {
    let known = replays.filter { catalogue.entries.index(ofNumber: $0.key) != nil }
    try write(known.sorted { $0.key < $1.key }.map { .replay($0.key, $0.value) })
    compactIfDue()
  }

  /// - Returns: How many there were.
  mutating func drop(_ numbers: [UInt64]) throws(DeadLetterQueueError) -> Int {
    var records: [LetterRecord] = []
    for number in Set(numbers).sorted() {
      guard let index = catalogue.entries.index(ofNumber: number) else { continue }
      records.append(.dropped(number, try letter(catalogue.entries[index]).id))
    }
    try write(records)
    catalogue.removeDropped()
    fullness = nil
    compactIfDue()
    return records.count
  }

  func page(from number: UInt64, limit: Int, bytes: Int) throws(DeadLetterQueueError) -> DeadLetterPage {
    var index = catalogue.entries.firstIndex(fromNumber: number)
    var letters: [KeptDeadLetter] = []
    var room = bytes
    while index < catalogue.entries.count, letters.count < max(limit, 1) {
      let entry = catalogue.entries[index]
      // The frame is a little larger than the content. What surely does not fit is not even read.
      if !letters.isEmpty, room <= 0 { break }
      let letter = try letter(entry)
      let size = letter.content.bytes.count
      if !letters.isEmpty, size > room { break }
      letters.append(KeptDeadLetter(position: entry.number, letter: letter, replay: try replay(entry)))
      room -= size
      index += 1
    }
    return DeadLetterPage(
      letters: letters, next: index < catalogue.entries.count ? catalogue.entries[index].number : nil)
  }

  // MARK: Reading

  private func letter(_ entry: LetterCatalogue.Entry) throws(DeadLetterQueueError) -> DeadLetter {
    guard case .letter(entry.number, let letter) = try record(at: entry.position) else { throw damage(entry.position) }
    return letter
  }

  private func replay(_ entry: LetterCatalogue.Entry) throws(DeadLetterQueueError) -> DeadLetterReplay? {
    if entry.replayPosition == 0 { return nil }
    guard case .replay(entry.number, let replay) = try record(at: entry.replayPosition) else {
      throw damage(entry.replayPosition)
    }
    return replay
  }

  private func record(at position: Int) throws(DeadLetterQueueError) -> LetterRecord {
    do throws(FrameFileError) {
      guard let frame = try file.read(at: position) else { throw FrameFileError.corrupt(reason: "it is not there") }
      do throws(DecodingError) { return try LetterRecord(frame.content.span) } catch {
        throw FrameFileError.corrupt(reason: "the record at byte \(position) of '\(path)' cannot be read: \(error)")
      }
    } catch { throw DeadLetterQueueError(error) }
  }

  private func damage(_ position: Int) -> DeadLetterQueueError {
    .corrupt(reason: "the record at byte \(position) of '\(path)' is not the one that was written there")
  }

  // MARK: Writing

  private mutating func write(_ records: [LetterRecord]) throws(DeadLetterQueueError) {
    if records.isEmpty { return }
    let contents = records.map(\.encoded)
    try checkSizes(contents)
    do throws(FileError) {
      let positions = try file.append(contents, syncs: true)
      for (index, record) in records.enumerated() {
        catalogue.apply(record, at: positions[index], bytes: Frame.headerBytes + contents[index].count)
      }
    } catch { throw DeadLetterQueueError(error) }
  }

  /// Why there is no room for more letters; nil if there is.
  ///
  /// A part of the room is for letters of flushes: without it their partition stands still, while a sender whose events are
  /// refused can be told to wait.
  private func fullness(with records: [LetterRecord], ofFlush: Bool) -> String? {
    if records.isEmpty { return nil }
    let share = ofFlush ? 1 : 1 - configuration.flushShare
    let used = file.end - catalogue.garbageBytes
    let bytes = records.reduce(used) { $0 + Frame.headerBytes + $1.encoded.count }
    if catalogue.entries.count + records.count <= Int(Double(configuration.letters) * share),
      bytes <= Int(Double(configuration.bytes) * share)
    {
      return nil
    }
    return """
      there are \(catalogue.entries.count) dead letters of \(used) bytes in '\(path)', at most \(configuration.letters) of \
      \(configuration.bytes) bytes are kept: replay them ("cordwood dlq replay") and drop them ("cordwood dlq drop")
      """
  }

  private func checkSizes(_ contents: [[UInt8]]) throws(DeadLetterQueueError) {
    if let large = contents.first(where: { $0.count > Self.kind.frameBytes }) {
      throw .unavailable(
        retryAfter: nil, reason: "a dead letter of \(large.count) bytes: at most \(Self.kind.frameBytes) are kept")
    }
  }

  // MARK: Writing anew

  /// Writes the file anew when most of it is not needed any more. A failure leaves the old one, for a later time.
  private mutating func compactIfDue() {
    let garbage = catalogue.garbageBytes
    guard garbage > max(configuration.compactionBytes, file.end - garbage), file.end >= compactionFloor else { return }
    do throws(FrameFileError) {
      try compact()
      compactionFloor = 0
    } catch {
      compactionFloor = file.end + configuration.compactionBytes
    }
  }

  private mutating func compact() throws(FrameFileError) {
    var fresh = try FrameFile.draft(of: path, Self.kind, files)
    var freshCatalogue = LetterCatalogue()
    var records: [LetterRecord] = [.nextNumber(catalogue.nextNumber)]
    var bytes = 0
    for entry in catalogue.entries {
      let kept = try kept(entry)
      records += kept
      bytes += Int(entry.bytes)
      if bytes < Self.copyBytes { continue }
      try Self.write(records, to: &fresh, &freshCatalogue)
      (records, bytes) = ([], 0)
    }
    try Self.write(records, to: &fresh, &freshCatalogue)
    try fresh.move(to: path, files)
    (file, catalogue) = (fresh, freshCatalogue)
    try FrameFileError.translating { () throws(FileError) in try file.syncName() }
  }

  /// A letter and its last replay.
  private func kept(_ entry: LetterCatalogue.Entry) throws(FrameFileError) -> [LetterRecord] {
    guard let letter = try file.read(at: entry.position) else {
      throw .corrupt(reason: "'\(path)' ends before the letter at byte \(entry.position)")
    }
    let replay = entry.replayPosition > 0 ? try file.read(at: entry.replayPosition) : nil
    do throws(DecodingError) {
      if file.version == 1 { return [try LetterRecord(version1: letter.content.span, number: entry.number)] }
      guard let replay else { return [try LetterRecord(letter.content.span)] }
      return [try LetterRecord(letter.content.span), try LetterRecord(replay.content.span)]
    } catch {
      throw .corrupt(reason: "the letter at byte \(entry.position) of '\(path)' cannot be read: \(error)")
    }
  }

  private static func write(
    _ records: [LetterRecord], to file: inout FrameFile, _ catalogue: inout LetterCatalogue
  ) throws(FrameFileError) {
    let contents = records.map(\.encoded)
    let positions = try FrameFileError.translating { () throws(FileError) in try file.append(contents, syncs: false) }
    for (index, record) in records.enumerated() {
      catalogue.apply(record, at: positions[index], bytes: Frame.headerBytes + contents[index].count)
    }
  }
}

import Application

/// What folders' events amount to, until it is told. A state machine without clock or I/O.
///
/// `anything` is held back for a while after a survey that took long: names that come and go all the time must not make the
/// agent look at ten thousand files all the time.
struct PendingChanges: Sendable {
  /// More paths than this are told as `anything`: 16,384 is more than the files that one agent is made for, and as many as
  /// the kernel keeps events.
  static let maximumPaths = 16_384

  private let patterns: PatternTree
  private var folders: [FolderEvents.Watch: WatchedFolder] = [:]
  private var contents: Set<String> = []
  private var areNamesChanged = false
  private var surveysUnderWay = 0

  init(_ patterns: PatternTree) { self.patterns = patterns }

  var watches: Set<FolderEvents.Watch> { Set(folders.keys) }

  mutating func surveyBegins() { surveysUnderWay += 1 }

  /// - Parameter folders: From now on; nil if the survey failed: as before.
  mutating func surveyEnds(_ folders: [FolderEvents.Watch: WatchedFolder]?) {
    surveysUnderWay -= 1
    if let folders { self.folders = folders }
  }

  mutating func add(_ event: FolderEvent) {
    if event.signs.contains(.overflow) { areNamesChanged = true }
    guard let folder = folders[event.watch] else {
      // The folder of a survey that is not done.
      if surveysUnderWay > 0, !event.signs.contains(.ignored) { areNamesChanged = true }
      return
    }
    if event.signs.contains(.ignored) { folders[event.watch] = nil }
    if !event.signs.isDisjoint(with: [.deletedSelf, .movedSelf, .unmounted]) { areNamesChanged = true }
    guard !event.name.isEmpty else { return }
    let path = folder.files[event.name]
    if event.signs.contains(.modified) {
      if let path { contents.insert(path) } else if surveysUnderWay > 0 { areNamesChanged = true }
    }
    let isNameChanged = !event.signs.isDisjoint(with: [.created, .movedTo, .deleted, .movedFrom, .attributes])
    guard isNameChanged, !areNamesChanged else { return }
    let isNew = !event.signs.isDisjoint(with: [.created, .movedTo])
    let isFolder = event.signs.contains(.folder)
    // Of files that were not found only new names count, of folders those that go as well; of neither its times or rights.
    let mayMatter = isNew || isFolder && !event.signs.contains(.attributes)
    areNamesChanged =
      path != nil || mayMatter && patterns.isOfInterest(event.name, isFolder: isFolder, from: folder.places)
  }

  /// Makes the next answer `anything`: where events cannot be had.
  mutating func addAnything() { areNamesChanged = true }

  /// What there is to tell; nil if there is nothing.
  ///
  /// - Parameter mayBeAnything: Whether it is time for another survey.
  mutating func take(mayBeAnything: Bool) -> FileChanges? {
    if contents.count > Self.maximumPaths {
      contents = []
      areNamesChanged = true
    }
    if areNamesChanged, mayBeAnything {
      areNamesChanged = false
      contents = []
      return .anything
    }
    if contents.isEmpty { return nil }
    defer { contents = [] }
    return .contents(contents)
  }

  /// Whether `anything` waits for its time.
  var owesAnything: Bool { areNamesChanged }
}

import Application
import Domain
import Testing

@testable import DiskAdapter

@Suite("Pending changes of files") struct PendingChangesTests {
  private var changes: PendingChanges

  init() throws {
    let patterns = PatternTree([try PathPattern("/l/**/*.log", in: "/")])
    changes = PendingChanges(patterns)
    let folder = patterns.inside(patterns.step("l", from: [PatternTree.root]))
    changes.surveyBegins()
    changes.surveyEnds([1: WatchedFolder(places: folder, files: ["a.log": "/l/a.log", "a.log.1": "/l/a.log.1"])])
  }

  @Test("are told once")
  mutating func once() {
    add("a.log", .modified)
    add("a.log", .modified)
    add("a.log.1", .modified)
    let told = changes.take(mayBeAnything: true)
    #expect(told == .contents(["/l/a.log", "/l/a.log.1"]))
    let again = changes.take(mayBeAnything: true)
    #expect(again == nil)
  }

  @Test(
    "of names matter where the patterns or files found are concerned",
    arguments: [
      ("b.log", .created, true), ("b.log", .movedTo, true), ("b.txt", .created, false), ("b.txt", .deleted, false),
      ("b.log", .deleted, false), ("a.log", .deleted, true), ("a.log.1", .movedFrom, true),
      ("a.log", .attributes, true),
      ("b.log", .attributes, false), ("sub", [.created, .folder], true), ("sub", [.deleted, .folder], true),
      ("sub", [.attributes, .folder], false), (".sub", [.created, .folder], false), ("", .deletedSelf, true),
      ("", .movedSelf, true), ("", .unmounted, true), ("b.log", .modified, false),
    ] as [(String, FolderEvent.Signs, Bool)])
  mutating func names(_ name: String, _ signs: FolderEvent.Signs, _ isTold: Bool) {
    add(name, signs)
    let told = changes.take(mayBeAnything: true)
    #expect(told == (isTold ? .anything : nil))
  }

  @Test("of names wait for their time; of content meanwhile do not")
  mutating func heldBack() {
    add("b.log", .created)
    add("a.log", .modified)
    let first = changes.take(mayBeAnything: false)
    #expect(first == .contents(["/l/a.log"]))
    #expect(changes.owesAnything)
    add("a.log", .modified)
    let second = changes.take(mayBeAnything: true)
    #expect(second == .anything)
    let third = changes.take(mayBeAnything: true)
    #expect(third == nil)
  }

  @Test("that were lost are anything")
  mutating func overflow() {
    changes.add(FolderEvent(watch: -1, signs: .overflow, name: ""))
    let told = changes.take(mayBeAnything: true)
    #expect(told == .anything)
  }

  @Test("in folders that are being looked at are anything")
  mutating func underWay() {
    changes.add(FolderEvent(watch: 2, signs: .created, name: "x.log"))
    let before = changes.take(mayBeAnything: true)
    #expect(before == nil)
    changes.surveyBegins()
    changes.add(FolderEvent(watch: 2, signs: .created, name: "x.log"))
    let meanwhile = changes.take(mayBeAnything: true)
    #expect(meanwhile == .anything)
    add("b.log", .modified)
    let unknown = changes.take(mayBeAnything: true)
    #expect(unknown == .anything)
    changes.surveyEnds(nil)
    add("a.log", .modified)
    let after = changes.take(mayBeAnything: true)
    #expect(after == .contents(["/l/a.log"]))
  }

  @Test("of very many files are anything")
  mutating func veryMany() {
    let names = (0...PendingChanges.maximumPaths).map { "\($0).log" }
    changes.surveyBegins()
    changes.surveyEnds([1: WatchedFolder(files: Dictionary(uniqueKeysWithValues: names.map { ($0, "/l/" + $0) }))])
    for name in names { add(name, .modified) }
    let told = changes.take(mayBeAnything: true)
    #expect(told == .anything)
    let rest = changes.take(mayBeAnything: true)
    #expect(rest == nil)
  }

  private mutating func add(_ name: String, _ signs: FolderEvent.Signs) {
    changes.add(FolderEvent(watch: 1, signs: signs, name: name))
  }
}

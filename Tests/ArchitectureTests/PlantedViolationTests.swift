import Testing

@Suite("A rule")
struct PlantedViolationTests {
  /// A file that does something, and what the rule says to it: the start of its only message, or nil for no objection.
  struct Planted: Sendable, CustomTestStringConvertible {
    let rule: Rule
    let path: String
    let text: String
    let message: String?

    init(_ rule: Rule, _ path: String, _ text: String, _ message: String?) {
      (self.rule, self.path, self.text, self.message) = (rule, path, text, message)
    }

    var testDescription: String { "\(rule.rawValue) in \(path): \(text.prefix(60).replacing("\n", with: "⏎"))" }
  }

  static let imports = [
    Planted(
      .imports, "Sources/Domain/A.swift", "import Foundation\n",
      "Sources/Domain/A.swift:1: imports Foundation: Domain imports nothing"),
    Planted(
      .imports, "Sources/Domain/Chunk/A.swift", "\nprivate import Glibc",
      "Sources/Domain/Chunk/A.swift:2: imports Glibc"),
    Planted(
      .imports, "Sources/Domain/A.swift", "import struct Foundation.Date",
      "Sources/Domain/A.swift:1: imports Foundation"),
    Planted(.imports, "Sources/Domain/A.swift", "let a = 1; import Swift", "Sources/Domain/A.swift:1: imports Swift"),
    Planted(
      .imports, "Sources/Domain/A.swift", "// import Foundation\n/* import Glibc */ let text = \"import Glibc\"", nil),
    Planted(.imports, "Sources/Application/A.swift", "package import Domain", nil),
    Planted(
      .imports, "Sources/Application/A.swift", "import Synchronization",
      "Sources/Application/A.swift:1: imports Synchronization: Application imports Domain"),
    Planted(
      .imports, "Sources/Application/A.swift", "import DiskAdapter",
      "Sources/Application/A.swift:1: imports DiskAdapter"),
    Planted(
      .imports, "Sources/Adapters/Disk/A.swift",
      "package import Application\nimport Domain\nimport Threads\nimport Glibc", nil),
    Planted(
      .imports, "Sources/Adapters/Disk/A.swift", "import SQLiteAdapter",
      "Sources/Adapters/Disk/A.swift:1: imports SQLiteAdapter: an adapter knows no other"),
    Planted(
      .imports, "Sources/Adapters/Disk/A.swift", "@testable import InMemoryAdapter",
      "Sources/Adapters/Disk/A.swift:1: imports InMemoryAdapter"),
    Planted(
      .imports, "Sources/Adapters/Disk/A.swift", "import Composition",
      "Sources/Adapters/Disk/A.swift:1: imports Composition: an adapter knows no app"),
    Planted(.imports, "Sources/Adapters/SQLite/C/A.swift", "import Csqlite3", nil),
    Planted(.imports, "Sources/Adapters/Transport/A.swift", "import Cevent\nimport Domain", nil),
    Planted(
      .imports, "Sources/Adapters/Transport/A.swift", "import Application",
      "Sources/Adapters/Transport/A.swift:1: imports Application: a library"),
    Planted(
      .imports, "Sources/Adapters/Threads/A.swift", "import GRPCAdapter",
      "Sources/Adapters/Threads/A.swift:1: imports GRPCAdapter"),
    Planted(
      .imports, "Sources/Apps/Cordwood/A.swift", "import Csqlite3",
      "Sources/Apps/Cordwood/A.swift:1: imports Csqlite3: C libraries belong behind"),
    Planted(
      .imports, "Sources/Apps/Cordwood/A.swift", "import SQLiteAdapter\nimport Composition\nimport Foundation", nil),
  ]

  static let unsafeRooms = [
    Planted(
      .unsafeRooms, "Sources/Adapters/Disk/A.swift", "let n = unsafe read(fd, p, 1)",
      "Sources/Adapters/Disk/A.swift:1: `unsafe`"),
    Planted(
      .unsafeRooms, "Sources/Domain/Chunk/A.swift", "\n\n@unsafe struct S {}",
      "Sources/Domain/Chunk/A.swift:3: `unsafe`"),
    Planted(
      .unsafeRooms, "Sources/Application/A.swift", "nonisolated(unsafe) var a = 1",
      "Sources/Application/A.swift:1: `unsafe`"),
    Planted(
      .unsafeRooms, "Sources/Domain/A.swift", "func f(_ p: UnsafeRawBufferPointer) {}",
      "Sources/Domain/A.swift:1: `UnsafeRawBufferPointer`"),
    Planted(
      .unsafeRooms, "Sources/Domain/A.swift", "var p: UnsafeMutablePointer<Int>?",
      "Sources/Domain/A.swift:1: `UnsafeMutablePointer`"),
    Planted(
      .unsafeRooms, "Sources/Apps/Composition/A.swift", "let text = \"\\(unsafe f())\"",
      "Sources/Apps/Composition/A.swift:1: `unsafe`"),
    Planted(.unsafeRooms, "Sources/Adapters/C/A.swift", "unsafe f()", "Sources/Adapters/C/A.swift:1: `unsafe`"),
    Planted(
      .unsafeRooms, "Sources/Domain/Bytesize/A.swift", "unsafe f()", "Sources/Domain/Bytesize/A.swift:1: `unsafe`"),
    Planted(.unsafeRooms, "Sources/Domain/Bytes/A.swift", "unsafe f()", nil),
    Planted(.unsafeRooms, "Sources/Adapters/Threads/A.swift", "unsafe f()", nil),
    Planted(.unsafeRooms, "Sources/Adapters/Transport/HTTP/A.swift", "unsafe f()", nil),
    Planted(.unsafeRooms, "Sources/Adapters/SQLite/C/A.swift", "unsafe f()", nil),
    Planted(
      .unsafeRooms, "Sources/Domain/A.swift", "// unsafe here\n/* unsafe /* nested */ unsafe */ let s = #\"unsafe\"#",
      nil),
    Planted(.unsafeRooms, "Sources/Domain/A.swift", "let s = \"\"\"\n  unsafe \"quoted\" \\\" unsafe\n  \"\"\"", nil),
    Planted(.unsafeRooms, "Sources/Domain/A.swift", "let unsafeness = isUnsafe", nil),
  ]

  static let others = [
    Planted(.fileLength, "Sources/Domain/A.swift", String(repeating: "\n", count: 600), nil),
    Planted(
      .fileLength, "Sources/Domain/A.swift", String(repeating: "\n", count: 601),
      "Sources/Domain/A.swift: 601 lines, more than 600"),
    Planted(.fileLength, "Sources/Adapters/GRPC/Generated/A.swift", String(repeating: "\n", count: 9000), nil),
    Planted(
      .sourceFolders, "Sources/Helpers/A.swift", "",
      "Sources/Helpers/A.swift: Sources holds Domain, Application, Adapters, Apps"),
    Planted(.sourceFolders, "Sources/A.swift", "", "Sources/A.swift: Sources holds"),
    Planted(.sourceFolders, "Sources/Apps/Cordwood/A.swift", "", nil),
    Planted(.packageAccess, "Sources/Domain/A.swift", "public struct A {}", "Sources/Domain/A.swift:1: `public`"),
    Planted(.packageAccess, "Sources/Domain/A.swift", "\nopen class A {}", "Sources/Domain/A.swift:2: `open`"),
    Planted(.packageAccess, "Sources/Domain/A.swift", "package struct A {} // public", nil),
    Planted(
      .packageAccess, "Sources/Adapters/Disk/A.swift", "let fd = open(path, .public)\nvar open = true\nopen = false",
      nil),
    Planted(.provenTraps, "Sources/Domain/A.swift", "let a = try! f()", "Sources/Domain/A.swift:1: `try!`"),
    Planted(.provenTraps, "Sources/Domain/A.swift", "let a = b as! Int", "Sources/Domain/A.swift:1: `as!`"),
    Planted(.provenTraps, "Sources/Domain/A.swift", "let a = try f() as? Int // not try!", nil),
    Planted(.finishedWork, "Sources/Domain/Placeholder.swift", "", "Sources/Domain/Placeholder.swift: a placeholder"),
    Planted(
      .finishedWork, "Tests/DomainTests/Placeholder.swift", "", "Tests/DomainTests/Placeholder.swift: a placeholder"),
    Planted(
      .finishedWork, "Sources/Domain/A.swift", "fatalError(\"not implemented yet\")",
      "Sources/Domain/A.swift:1: `fatalError(\"not implemented`"),
    Planted(.finishedWork, "Sources/Domain/A.swift", "// TODO: later", "Sources/Domain/A.swift:1: `TODO`"),
    Planted(.finishedWork, "Sources/Domain/A.swift", "fatalError(\"the index is out of order\")  // \\uXXXX", nil),
    Planted(
      .describedErrors, "Sources/Application/Ports/A/AError.swift", "package enum AError: Error {}",
      "Sources/Application/Ports/A/AError.swift: says nothing of itself"),
    Planted(
      .describedErrors, "Sources/Application/Ports/A/AError.swift", "extension AError: CustomStringConvertible {}", nil),
    Planted(.describedErrors, "Sources/Application/UseCases/AError.swift", "enum AError: Error {}", nil),
  ]

  @Test(
    "says what a planted file does against it, and nothing of one that keeps it",
    arguments: imports + unsafeRooms + others)
  func finds(_ planted: Planted) throws {
    let file = SourceFile(path: planted.path, text: planted.text)
    let tree = SourceTree(files: [file], cLibraries: ["Cevent", "Csqlite3"])
    let violations = planted.rule.violations(in: file, of: tree)
    if let message = planted.message {
      let violation = try #require(violations.first)
      #expect(violation.hasPrefix(message))
      #expect(violations.count == 1)
    } else {
      #expect(violations == [])
    }
  }

  @Test("has planted violations", arguments: Rule.allCases)
  func isPlanted(_ rule: Rule) {
    #expect((Self.imports + Self.unsafeRooms + Self.others).contains { $0.rule == rule && $0.message != nil })
  }
}

import InMemoryAdapter
import Testing

/// Programs that write logs and operators that rotate them, at random; knows which lines must arrive.
struct LogWriters {
  /// Lines that must arrive, each once.
  private(set) var written: Set<String> = []
  /// Lines that were in a file when it was truncated or deleted: they may have been read before, or not.
  private(set) var destroyed: Set<String> = []
  /// What happened, to understand a failure by.
  private(set) var story: [String] = []

  static let header = "# a log"

  private let tree: InMemoryFileTree
  private let paths: [String]
  private let hasHeader: Bool
  private var count = 0
  private var random: SeededGenerator

  init(_ tree: InMemoryFileTree, files: Int, hasHeader: Bool, seed: UInt64) {
    self.tree = tree
    paths = (0..<files).map { "/logs/f\($0).log" }
    self.hasHeader = hasHeader
    random = SeededGenerator(seed: seed)
  }

  mutating func act() {
    guard let path = paths.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<20, using: &random) {
    case 0...10: append(to: path)
    case 11...13: rotateByName(path)
    case 14...17: rotateByCopy(path)
    case 18: truncate(path)
    default: remove(path)
    }
  }

  private mutating func append(to path: String) {
    var text = tree.content(of: path)?.isEmpty ?? true ? hasHeader ? Self.header + "\n" : "" : ""
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      count += 1
      let line = "line \(count) " + String(repeating: "x", count: Int.random(in: 0...120, using: &random))
      written.insert(line)
      text += line + "\n"
    }
    story.append("append to \(count) in \(path)")
    // In two pieces that an agent may see one by one.
    let bytes = Array(text.utf8)
    let half = Int.random(in: 0...bytes.count, using: &random)
    tree.append(Array(bytes[..<half]), to: path)
    tree.append(Array(bytes[half...]), to: path)
  }

  private mutating func rotateByName(_ path: String) {
    guard tree.content(of: path) != nil else { return }
    story.append("rename \(path)")
    shift(path)
    tree.rename(path, to: path + ".1")
  }

  private mutating func rotateByCopy(_ path: String) {
    guard let content = tree.content(of: path), !content.isEmpty else { return }
    story.append("copy and truncate \(path)")
    shift(path)
    let half = Int.random(in: 0...content.count, using: &random)
    tree.write(Array(content[..<half]), to: path + ".1")
    tree.append(Array(content[half...]), to: path + ".1")
    tree.truncate(path)
  }

  private mutating func truncate(_ path: String) {
    guard tree.content(of: path) != nil else { return }
    story.append("truncate \(path)")
    destroy(path)
    tree.truncate(path)
  }

  private mutating func remove(_ path: String) {
    guard tree.content(of: path) != nil else { return }
    story.append("remove \(path)")
    destroy(path)
    tree.remove(path)
  }

  private mutating func shift(_ path: String) {
    for number in [3, 2, 1] where tree.content(of: "\(path).\(number)") != nil {
      if number == 3 {
        destroy("\(path).3")
        tree.remove("\(path).3")
      } else {
        tree.rename("\(path).\(number)", to: "\(path).\(number + 1)")
      }
    }
  }

  private mutating func destroy(_ path: String) {
    let lines = String(decoding: tree.content(of: path) ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    destroyed.formUnion(lines)
  }
}

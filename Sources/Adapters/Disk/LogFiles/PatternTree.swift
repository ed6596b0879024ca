import Domain

/// All patterns as one tree, so that a folder is listed once for all of them, however many there are: a shell that expands
/// `*.log` gives ten thousand.
struct PatternTree: Sendable {
  /// A place in the tree: what has been matched so far.
  typealias Place = Int

  private struct Node: Sendable {
    var names: [String: Place] = [:]
    var wildcards: [(pattern: NamePattern, place: Place)] = []
    /// Where the rest of a pattern goes on after `**`.
    var anyDepth: Place?
    /// Stays in force in the folders below: the node behind a `**`.
    var isAtAnyDepth = false
    /// Numbers of the patterns that a file here matches.
    var patterns: [Int] = []
  }

  private var nodes = [Node()]

  static let root: Place = 0

  init(_ patterns: [PathPattern]) {
    for (number, pattern) in patterns.enumerated() { add(pattern, number) }
  }

  /// Where one is in a folder that these places lead to: they, and what `**` adds.
  func inside(_ places: [Place]) -> [Place] {
    var all = places
    var index = 0
    while index < all.count {
      if let place = nodes[all[index]].anyDepth, !all.contains(place) { all.append(place) }
      index += 1
    }
    return all
  }

  /// Names that can be gone to without listing the folder; nil if it has to be listed, since a file or any name may be meant.
  func plainNames(_ places: [Place]) -> [String]? {
    var names: Set<String> = []
    for place in places {
      let node = nodes[place]
      if node.isAtAnyDepth || !node.wildcards.isEmpty { return nil }
      for (name, next) in node.names {
        if !nodes[next].patterns.isEmpty { return nil }
        names.insert(name)
      }
    }
    return names.sorted()
  }

  /// Where a name leads to from the folder that these places are in (`inside` them).
  func step(_ name: String, from places: [Place]) -> [Place] {
    var next: [Place] = []
    for place in places {
      if let place = nodes[place].names[name] { next.append(place) }
      for (pattern, place) in nodes[place].wildcards where pattern.matches(name) { next.append(place) }
    }
    return next
  }

  /// The places that hold in any folder below too, as long as it is no link: the ways of `**`.
  func staying(_ name: String, from places: [Place]) -> [Place] {
    name.utf8.first == UInt8(ascii: ".") ? [] : places.filter { nodes[$0].isAtAnyDepth }
  }

  /// The patterns that a file matches to which these places lead.
  func patterns(at places: [Place]) -> [Int] { places.flatMap { nodes[$0].patterns } }

  /// Whether a new name in the folder would change what is found.
  func isOfInterest(_ name: String, isFolder: Bool, from places: [Place]) -> Bool {
    !step(name, from: places).isEmpty || isFolder && !staying(name, from: places).isEmpty
  }

  private mutating func add(_ pattern: PathPattern, _ number: Int) {
    var place = Self.root
    for component in pattern.components {
      switch component {
      case .name(let name): place = nodes[place].names[name] ?? appended { $0[place].names[name] = $1 }
      case .wildcards(let wildcards):
        let known = nodes[place].wildcards.first { $0.pattern == wildcards }?.place
        place = known ?? appended { $0[place].wildcards.append((wildcards, $1)) }
      case .anyDepth:
        place = nodes[place].anyDepth ?? appended { $0[place].anyDepth = $1 }
        nodes[place].isAtAnyDepth = true
      }
    }
    nodes[place].patterns.append(number)
    // A path without wildcards that is a folder stands for the files in it.
    guard case .name = pattern.components[pattern.components.count - 1] else { return }
    let files = appended { $0[place].wildcards.append((NamePattern.any, $1)) }
    nodes[files].patterns.append(number)
  }

  /// A new node, tied to the tree by `tie`.
  private mutating func appended(_ tie: (inout [Node], Place) -> Void) -> Place {
    let place = nodes.count
    nodes.append(Node())
    tie(&nodes, place)
    return place
  }
}

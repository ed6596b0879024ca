import Testing

@Suite("The package")
struct PackageTests {
  @Test("keeps the rule", arguments: Rule.allCases)
  func keeps(_ rule: Rule) throws {
    let tree = try SourceTree.ofThisPackage()
    let violations = tree.files.flatMap { rule.violations(in: $0, of: tree) }
    #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
  }

  @Test("is where the rules look for it")
  func isFound() throws {
    let tree = try SourceTree.ofThisPackage()
    for folder in ["Sources/Domain", "Sources/Application", "Sources/Adapters", "Sources/Apps", "Tests"] {
      #expect(tree.files.contains { $0.isBelow(folder) }, "no Swift file below \(folder)")
    }
    #expect(tree.cLibraries.contains("Csqlite3"))
  }
}

import Domain
import Testing

@Suite("Excluded paths") struct PathExclusionsTests {
  @Test(
    "are names in any folder, paths, and what is in excluded folders",
    arguments: [
      ("/l/a.gz", true), ("/l/x/.b.gz", true), ("/l/a.gz.log", false), ("/l/old/a", true), ("/l/old/x/y/a", true),
      ("/l/older/a", false), ("/here/tmp/a/b", true), ("/tmp/a/b", false), ("/x.gz/a", true), ("/", false),
    ])
  func cover(_ path: String, _ isCovered: Bool) throws {
    #expect(try PathExclusions(["*.gz", "/l/old", "tmp/*"], in: "/here").cover(path) == isCovered)
  }

  @Test("are none if there are none") func none() throws {
    #expect(try !PathExclusions([], in: "/").cover("/a"))
  }
}

import Domain
import Testing

@Suite("Patterns for paths") struct PathPatternTests {
  @Test(
    "find what a shell would",
    arguments: [
      ("/var/log/*.log", "/var/log/app.log"), ("/var/log/*.log", "/var/log/.log.log.log.log.log"),
      ("/var/log/app.lo?", "/var/log/app.log"), ("/var/log/[a-c]pp.log", "/var/log/app.log"),
      ("/var/log/[!b-z]pp.log", "/var/log/app.log"), ("/var/log/[]a]pp", "/var/log/]pp"),
      ("/var/log/**/*.log", "/var/log/app.log"), ("/var/log/**/*.log", "/var/log/a/b/c/app.log"),
      ("/var/log/**", "/var/log/a/b/app"), ("/**/app.log", "/app.log"), ("/a/**/**/b", "/a/x/b"),
      ("/var/*/app*.log", "/var/log/app.1.log"), ("/v/caf?.log", "/v/café.log"), ("/v/[à-ü]", "/v/é"),
      ("/v/\\*.log", "/v/*.log"), ("/v/\\[a]", "/v/[a]"), ("/v/a\nb*", "/v/a\nb.log"), ("/v/.h*", "/v/.hidden"),
      ("//v//./x/../a.log", "/v/a.log"), ("logs/a", "/here/logs/a"), ("../*.log", "/a.log"), ("*", "/here/a"),
      ("/var/log", "/var/log/a.log"), ("/", "/a"), ("/v/a**b", "/v/axxb"), ("/v/*a*b*c*", "/v/xxaxxbxxcxx"),
    ])
  func finds(_ pattern: String, _ path: String) throws {
    let hides = path.contains("/.log")
    #expect(try PathPattern(pattern, in: "/here").matches(path) != hides)
  }

  @Test(
    "do not find the rest",
    arguments: [
      ("/var/log/*.log", "/var/log/a/b.log"), ("/var/log/*.log", "/var/log/b.log.1"), ("/v/?", "/v/ab"),
      ("/v/?", "/v/"),
      ("/v/[abc]", "/v/d"), ("/v/[!abc]", "/v/a"), ("/v/[!a]b", "/v//b"), ("/v/*", "/v/.hidden"),
      ("/v/**", "/v/.git/a"),
      ("/v/**/a", "/v/.git/a"), ("/var/log", "/var/log/a/b"), ("/var/log", "/var/log/.hidden"), ("/v/*a", "/v/ab"),
      ("/v/[z-a]", "/v/m"), ("/v/a", "/v/ab"), ("/v/ab", "/v/a"),
    ])
  func passesOver(_ pattern: String, _ path: String) throws {
    #expect(try !PathPattern(pattern, in: "/here").matches(path))
  }

  @Test("match hidden names where they are to", arguments: [("/v/*", "/v/.hidden"), ("/v/**/a", "/v/.git/a")])
  func hidden(_ pattern: String, _ path: String) throws {
    #expect(try PathPattern(pattern, in: "/", matchesHidden: true).matches(path))
  }

  @Test("show their names one by one")
  func components() throws {
    let pattern = try PathPattern("/var/**/**/lo\\g/*.log", in: "/")
    #expect(pattern.components.count == 4)
    #expect(pattern.components[0] == .name("var"))
    #expect(pattern.components[1] == .anyDepth)
    #expect(pattern.components[2] == .name("log"))
    guard case .wildcards(let names) = pattern.components[3] else {
      Issue.record("\(pattern.components[3])")
      return
    }
    #expect(names.matches("a.log"))
    #expect(!names.matches("a.log.1"))
  }

  @Test(
    "tell which folders have to be looked into",
    arguments: [
      ("/v/*.log", "/v", true), ("/v/*.log", "/v/a", false), ("/v/*/x", "/v/a", true), ("/v/*/x", "/v", false),
      ("/v/**/x", "/v", true), ("/v/**/x", "/v/a/b", true), ("/v/**/x", "/v/.a", false), ("/v/a", "/v", true),
      ("/v/a", "/v/a", true), ("/*", "/", true), ("/v/*", "/", false),
    ])
  func folders(_ pattern: String, _ folder: String, _ isLookedInto: Bool) throws {
    #expect(try PathPattern(pattern, in: "/").looksInto(folder) == isLookedInto)
  }

  @Test("refuse what is none", arguments: ["", "/v/[abc", "/v/[", "/v/[]"])
  func refuses(_ text: String) {
    #expect(throws: PathPatternError.self) { try PathPattern(text, in: "/") }
  }

  @Test("take no more than the product of both lengths")
  func bounded() throws {
    let pattern = try PathPattern("/" + String(repeating: "*a", count: 60) + "*b", in: "/")
    #expect(!pattern.matches("/" + String(repeating: "a", count: 250)))
    let folders = try PathPattern("/" + String(repeating: "**/*a*/", count: 20) + "b", in: "/")
    #expect(!folders.matches(String(repeating: "/aaaa", count: 50)))
  }
}

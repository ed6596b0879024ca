import Domain
import Testing

@Suite("Attributes from file names") struct FileNamePatternTests {
  @Test("Kubernetes' names of containers' logs")
  func kubernetes() throws {
    let pattern = try FileNamePattern("/var/log/containers/{pod}_{namespace}_{container}-{id}.log")
    let found = pattern.match("/var/log/containers/api-7d4b9-x2x_shop_side-car-0a1b2c.log")
    #expect(found?.map(\.name) == ["pod", "namespace", "container", "id"])
    #expect(found?.map(\.value) == ["api-7d4b9-x2x", "shop", "side-car", "0a1b2c"])
    #expect(pattern.match("/var/log/containers/api_shop_side.log") == nil)
    #expect(pattern.match("/var/log/other/api_shop_side-0.log") == nil)
  }

  @Test(
    "names take as much as the rest leaves them",
    arguments: [
      ("{service}-{instance}.log", "/l/api-gateway-1.log", ["api-gateway", "1"]),
      ("{service}", "/l/api.log", ["api.log"]), ("{service}.log*", "/l/a.log.log.1", ["a.log"]),
      ("{service}/*.log", "/l/api/x.log", ["api"]), ("/l/{a}/**/{b}.log", "/l/x/p/q/y.log", ["x", "y"]),
      ("/l/{a}/**", "/l/x/p/q", ["x"]), ("{a}.lo?", "/.hidden.log", [".hidden"]), ("{größe}", "/x", []),
      ("{a}é{b}", "/xéy", ["x", "y"]), ("\\{x\\}-{a}", "/{x}-y", ["y"]), ("{a}[0-9]", "/v12", ["v1"]),
    ])
  func takes(_ text: String, _ path: String, _ values: [String]) throws {
    guard !values.isEmpty else {
      #expect(throws: FileNamePatternError.unsuitableName(pattern: text, name: "größe")) { try FileNamePattern(text) }
      return
    }
    #expect(try FileNamePattern(text).match(path)?.map(\.value) == values)
  }

  @Test("a name stands for at least a character, and for no slash", arguments: ["/l/.log", "/l/a/b.log", "/l/a"])
  func passesOver(_ path: String) throws {
    #expect(try FileNamePattern("/l/{a}.log").match(path) == nil)
  }

  @Test("refuse what cannot be told apart or read")
  func refuses() {
    #expect(throws: FileNamePatternError.nothingNamed(pattern: "")) { try FileNamePattern("") }
    #expect(throws: FileNamePatternError.nothingNamed(pattern: "/a/*.log")) { try FileNamePattern("/a/*.log") }
    #expect(throws: FileNamePatternError.unclosed(pattern: "{a")) { try FileNamePattern("{a") }
    #expect(throws: FileNamePatternError.unclosed(pattern: "[{a}")) { try FileNamePattern("[{a}") }
    #expect(throws: FileNamePatternError.unsuitableName(pattern: "{}", name: "")) { try FileNamePattern("{}") }
    #expect(throws: FileNamePatternError.namedTwice(pattern: "{a}-{a}", name: "a")) { try FileNamePattern("{a}-{a}") }
    #expect(throws: FileNamePatternError.adjacent(pattern: "{a}{b}", name: "b")) { try FileNamePattern("{a}{b}") }
  }
}

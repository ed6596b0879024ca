import Composition
import Testing

@Suite("Settings of a command")
struct SettingsTests {
  @Test("have their defaults, each of its type")
  func defaults() throws {
    let settings = try SampleProgram.serve()
    #expect(settings[SampleProgram.port] == 50051)
    #expect(settings[SampleProgram.dataDir] == "./cordwood-data")
    #expect(settings[SampleProgram.chunkSize] == 4 << 20)
    #expect(settings[SampleProgram.flushAge] == .seconds(30))
    #expect(settings[SampleProgram.level] == .info)
    #expect(settings[SampleProgram.key] == nil)
    #expect(!settings[SampleProgram.follow])
  }

  @Test("come from the flag before the environment before the default")
  func precedence() throws {
    let environment = ["GRPC_PORT": "1", "LOG_LEVEL": "error"]
    let settings = try SampleProgram.serve("--grpc-port", "2", environment: environment)
    #expect(settings[SampleProgram.port] == 2)
    #expect(settings[SampleProgram.level] == .error)
    #expect(settings[SampleProgram.flushAge] == .seconds(30))
  }

  @Test("let a right flag replace a wrong variable")
  func flagReplacesWrongVariable() throws {
    let settings = try SampleProgram.serve("--grpc-port", "2", environment: ["GRPC_PORT": "many"])
    #expect(settings[SampleProgram.port] == 2)
  }

  @Test("take an empty variable for one that is not set")
  func emptyVariable() throws {
    #expect(try SampleProgram.serve(environment: ["GRPC_PORT": ""])[SampleProgram.port] == 50051)
  }

  @Test(
    "accept a value after a space or an equals sign, the last of several counting",
    arguments: [
      ["--grpc-port", "7"], ["--grpc-port=7"], ["--grpc-port", "6", "--grpc-port=7"],
    ])
  func spellings(_ arguments: [String]) throws {
    let invocation = try ProgramArguments(SampleProgram.specification).parse(["serve"] + arguments, environment: [:])
    guard case .run("serve", let settings) = invocation else { throw UsageError("not serve") }
    #expect(settings[SampleProgram.port] == 7)
  }

  @Test("know switches by their flag alone, and off by =false")
  func switches() throws {
    #expect(try SampleProgram.serve("--follow")[SampleProgram.follow])
    #expect(try !SampleProgram.serve("--follow=false", environment: ["CORDWOOD_FOLLOW": "yes"])[SampleProgram.follow])
  }

  @Test("keep operands in order, a lone dash and what follows two dashes among them")
  func operands() throws {
    #expect(try SampleProgram.send("-", "--server", "a:1", "--limit=5", "b").operands == ["-", "b"])
    #expect(try SampleProgram.send("--server", "a:1", "--", "--limit").operands == ["--limit"])
  }

  @Test("give an optional setting its value")
  func optional() throws {
    #expect(try SampleProgram.send("x", "--server", "a:1", "--limit", "5")[SampleProgram.limit] == 5)
    #expect(try SampleProgram.send("x", "--server", "a:1")[SampleProgram.limit] == nil)
  }

  @Test("trap when code reads a setting that the command does not list")
  func unlistedSetting() async {
    await #expect(processExitsWith: .failure) {
      let settings = try SampleProgram.serve()
      _ = settings[SampleProgram.tenant]
    }
  }
}

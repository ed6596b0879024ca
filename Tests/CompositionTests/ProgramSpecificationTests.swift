import Composition
import Testing

@Suite("The tables of a program")
struct ProgramSpecificationTests {
  @Test("are sound in the sample")
  func sound() {
    #expect(SampleProgram.specification.inconsistencies.isEmpty)
  }

  @Test("are found out when they contradict themselves")
  func unsound() {
    let command = CommandSpecification(
      name: "x", summary: "Ends in a stop.", discussion: "",
      examples: [CommandExample("other x", "Runs another program.")],
      settings: [
        Setting("DATA_DIR", .path, default: "a", "A folder."), Setting("DATA_DIR", .path, default: "b", "A folder."),
        Setting("CORDWOOD_DATA_DIR", .path, default: "c", "A folder."),
        Setting("lower", .path, default: "d", "A folder."),
        Setting("CORDWOOD_HELP", .onOff, default: false, "no sentence"),
      ],
      operands: OperandsSpecification("FILE", allowed: 0...1, "A sentence."))
    let program = ProgramSpecification(name: "p", version: "0", summary: "P", commands: [command, command])
    let found = Set(program.inconsistencies)
    #expect(
      found == [
        "two commands are named x", "x lists DATA_DIR twice", "x has two settings for --data-dir",
        "lower of x is not in capitals, digits and _", "--help of x is reserved",
        "the explanation of CORDWOOD_HELP in x is no sentence with a full stop", "the summary of x ends in a full stop",
        "the explanation of FILE in x ends in a full stop", "an example of x does not run p",
      ])
  }
}

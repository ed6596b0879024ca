import Composition
import Testing

@Suite("The configuration document")
struct ConfigurationDocumentTests {
  @Test("has a row for every setting, with bars escaped")
  func rows() {
    let expected = """
      ### `sample send`

      Send files to a server.

      Operands: `FILE…`, one or two files to send.

      | flag | environment | expected | default | what it does |
      | --- | --- | --- | --- | --- |
      | `--server` | `CORDWOOD_SERVER` | one or more of host:port, separated by commas | required | Which servers to send to. |
      | `--limit` | `CORDWOOD_LIMIT` | a whole number from 1 to 10000 | `all of them` | How many events to print. |
      | `--tenant` | `CORDWOOD_TENANT` | a text that is not empty | `default` | Whose logs \\| these are. |
      """
    #expect(ConfigurationDocument.markdown(for: [SampleProgram.send], of: "sample") == expected)
  }

  @Test("is printed by a switch that help does not name")
  func hiddenSwitch() throws {
    guard case .print(let text) = try SampleProgram.parse("--print-configuration") else {
      throw UsageError("not a text")
    }
    #expect(text == ConfigurationDocument.section(for: SampleProgram.specification))
    #expect(text.hasPrefix("## `sample`\n\nShows what a program can do.\n\n### `sample serve`\n"))
    #expect(!HelpText(SampleProgram.specification).ofProgram.contains("--print-configuration"))
  }
}

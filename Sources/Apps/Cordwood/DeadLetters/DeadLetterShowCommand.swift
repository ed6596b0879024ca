import Application
import Composition
import Domain

/// `cordwood dlq show`: one dead letter with its content.
enum DeadLetterShowCommand {
  static let command = Command(
    CommandSpecification(
      name: "dlq show", summary: "Show a dead letter: why it is one, where it came from, its events",
      discussion: """
        Bytes that are no events are shown as hexadecimal digits; of an event that breaks a rule also the message. \
        Control characters in texts are escaped, so that they cannot drive the terminal.
        """,
      examples: [CommandExample("cordwood dlq show 17", "The letter that the list numbers 17.")],
      settings: [DeadLetterSettings.dataDirectory, DeadLetterSettings.output],
      operands: OperandsSpecification("NUMBER", allowed: 1...1, "the letter's number in the list"))
  ) { settings, console in
    let number = try DeadLetterSettings.number(settings.operands[0])
    return try await OperatorConnection.open(settings[DeadLetterSettings.dataDirectory], console: console) {
      connection in
      let detail = try await DeadLetterFailure.translating { () async throws(DeadLetterOperationsError) in
        try await connection.deadLetters.letter(number)
      }
      switch DeadLetterSettings.output(settings, console) {
      case .text: try console.print(DeadLetterReport(detail).text)
      case .json: try console.print(try JSONLine.text(DeadLetterDetailDocument(detail)))
      }
      return .done
    }
  }
}

/// What a program that has ended left behind.
struct ProgramOutcome: Sendable {
  let end: ProgramProcess.End
  let output: String
  let error: String

  var lines: [Substring] { output.split(separator: "\n") }
}

import Application
import Domain
import Testing

/// When an answer comes.
extension SourceTrial {
  func checkLogEnd() async throws {
    try await append(1)
    try await expect(0..<1, logEnd: 1, offsets: [0])
    try await stage.stallReading()
    try await append(2, from: 1)
    let answer = try await answer(to: try ask(patience: .zero))
    expect(answer, 0..<1, logEnd: 3, offsets: [0])
    #expect(!answer.isCaughtUp)
  }

  func checkWaiting() async throws {
    try await stage.stallReading()
    try await append(2)
    let question = try ask()
    try await stage.waitForQuestions(1)
    #expect(await question.result == nil, "answered before what was appended was read")
    try await stage.resumeReading()
    expect(try await answer(to: question), 0..<2, logEnd: 2, offsets: [0, 1])
  }

  func checkPatience() async throws {
    try await append(1)
    try await expect(0..<1, logEnd: 1, offsets: [0])
    try await stage.stallReading()
    try await append(1, from: 1)
    let question = try ask(patience: .seconds(5))
    try await stage.waitForQuestions(1)
    #expect(await question.result == nil, "answered before patience ran out")
    try await stage.pass(.seconds(5))
    expect(try await answer(to: question), 0..<1, logEnd: 2, offsets: [0])
    try await stage.resumeReading()
    try await expect(0..<2, logEnd: 2, offsets: [0, 1])
  }

  func checkStop() async throws {
    try await stage.stallReading()
    try await append(1)
    let question = try ask()
    try await stage.waitForQuestions(1)
    try await stage.stop()
    let error = try await failure(of: question)
    guard case .noOwner(stage.partition) = error else {
      Issue.record("an owner that goes was told as \(String(describing: error))")
      return
    }
  }

  func checkHalt() async throws {
    try await append(1)
    try await expect(0..<1, logEnd: 1, offsets: [0])
    try await stage.halt()
    let error = try await failure(of: try ask())
    guard case .stopped(stage.partition, let reason) = error else {
      Issue.record("a stopped owner was told as \(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  func checkCancellation() async throws {
    try await stage.stallReading()
    try await append(1)
    let (left, stays) = (try ask(), try ask())
    try await stage.waitForQuestions(2)
    left.cancel()
    let error = try await failure(of: left)
    guard case .cancelled = error else {
      Issue.record("a cancelled question was told as \(String(describing: error))")
      return
    }
    #expect(await stays.result == nil, "another question ended with the one that was cancelled")
    try await stage.resumeReading()
    expect(try await answer(to: stays), 0..<1, logEnd: 1, offsets: [0])
  }

  /// All of them wait at the same time, each for events of its own.
  func checkMany() async throws {
    try await stage.stallReading()
    for number in 0..<8 {
      try await stage.append(SampleBatch.record(UInt64(number), of: try SampleBatch.stream("t\(number)", "web")))
    }
    let questions = try (0..<64).map { try ask(tenant: "t\($0 % 8)", service: nil) }
    try await stage.waitForQuestions(questions.count)
    try await stage.resumeReading()
    for (number, question) in questions.enumerated() {
      expect(try await answer(to: question), 0..<8, logEnd: 8, offsets: [UInt64(number % 8)])
    }
  }
}

import Application
import Domain
import Testing

/// What an answer covers: exactly what is not committed.
extension SourceTrial {
  func checkCommitUnderWay() async throws {
    try await append(2)
    try await expect(0..<2, logEnd: 2, offsets: [0, 1])
    try await stage.beginCommit()
    try await expect(0..<2, logEnd: 2, offsets: [0, 1])
    try await append(1, from: 2)
    try await expect(0..<3, logEnd: 3, offsets: [0, 1, 2])
    try await stage.finishCommit()
  }

  func checkCommit() async throws {
    try await append(2)
    try await expect(0..<2, logEnd: 2, offsets: [0, 1])
    try await stage.beginCommit()
    try await append(1, from: 2)
    try await expect(0..<3, logEnd: 3, offsets: [0, 1, 2])
    try await stage.finishCommit()
    try await expect(2..<3, logEnd: 3, offsets: [2])
    try await stage.beginCommit()
    try await stage.finishCommit()
    try await expect(3..<3, logEnd: 3, offsets: [])
    try await append(1, from: 3)
    try await expect(3..<4, logEnd: 4, offsets: [3])
  }

  func checkRestart() async throws {
    try await append(2)
    try await expect(0..<2, logEnd: 2, offsets: [0, 1])
    try await stage.stop()
    try await append(1, from: 2)
    try await stage.start()
    try await expect(2..<3, logEnd: 3, offsets: [2])
  }
}

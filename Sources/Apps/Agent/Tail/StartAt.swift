/// Where a file is begun that was never seen before.
enum StartAt: String, CaseIterable, Sendable {
  case beginning, end
}

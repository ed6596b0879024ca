/// How `cordwood doctor` prints what it found.
enum DoctorOutput: String, CaseIterable, Sendable {
  case text
  case json
}

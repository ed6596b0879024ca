enum LogFormat: String, CaseIterable, Sendable { case console, json }
enum LogLevel: String, CaseIterable, Sendable { case debug, info, warn, error }

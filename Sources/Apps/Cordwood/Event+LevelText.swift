import Domain

extension Event {
  /// The level as its sender wrote it, or else as its severity says; nil without either.
  var levelText: String? { severityText.isEmpty ? severity.level?.rawValue : severityText }
}

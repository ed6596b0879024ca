import Application
import Composition
import Domain
import FoundationEssentials

/// What the commands of `cordwood dlq` have in common.
enum DeadLetterSettings {
  static let dataDirectory = ServeSettings.dataDirectory
  static let reason = Setting<DeadLetterReason?>(
    "CORDWOOD_REASON", .deadLetterReason, otherwise: "any reason", "Only letters of this reason.")
  static let tenant = Setting<TenantID?>(
    "CORDWOOD_TENANT", .tenant, otherwise: "all tenants", "Only letters of this tenant.")
  static let from = Setting<TimeArgument?>(
    "CORDWOOD_FROM", .time, otherwise: "the oldest letter", "Only letters of this time or later.")
  static let to = Setting<TimeArgument?>(
    "CORDWOOD_TO", .time, otherwise: "now and later", "Only letters from before this time.")
  static let uncommitted = Setting(
    "CORDWOOD_UNCOMMITTED", .onOff, default: false,
    "In place of those letters the ones that no committed flush names.")
  static let output = Setting<QueryOutput?>(
    "CORDWOOD_OUTPUT", .choice, otherwise: "text on a terminal, else json", "How to print.")

  static let selection: [any DeclaredSetting] = [reason, tenant, from, to]
  static let numbers = OperandsSpecification(
    "[NUMBER…]", allowed: 0...DeadLetterSelection.maximumNumbers, "only these letters, by their numbers in the list")

  /// Of a command whose operands, if it takes any, are numbers.
  ///
  /// - Parameter isUncommitted: Whether letters that no committed flush names are meant.
  static func selection(
    _ settings: Settings, isUncommitted: Bool = false
  ) throws(UsageError) -> DeadLetterSelection {
    let now = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
    let start = settings[from]?.timestamp(now: now) ?? .distantPast
    let end = settings[to]?.timestamp(now: now) ?? .distantFuture
    guard start <= end else {
      throw UsageError(
        "--to (CORDWOOD_TO) is \(RFC3339.text(end)): expected a time after --from, \(RFC3339.text(start))")
    }
    var numbers: [UInt64] = []
    for operand in settings.operands { numbers.append(try number(operand)) }
    return DeadLetterSelection(
      numbers: numbers, reason: settings[reason], tenant: settings[tenant], range: TimeRange(from: start, to: end),
      isUncommitted: isUncommitted)
  }

  static func number(_ text: String) throws(UsageError) -> UInt64 {
    guard let number = UInt64(text), number > 0 else {
      throw UsageError("\"\(text)\" is no dead letter: expected a number as \"cordwood dlq list\" shows them")
    }
    return number
  }

  static func output(_ settings: Settings, _ console: Console) -> QueryOutput {
    settings[output] ?? (console.output.isTerminal ? .text : .json)
  }
}

extension ValueForm where Value == DeadLetterReason {
  static var deadLetterReason: Self {
    let words = DeadLetterReason.all.map(\.text)
    return ValueForm(
      placeholder: "REASON", expectation: "one of \(words.joined(separator: ", "))", choices: words,
      parse: DeadLetterReason.init(text:), text: \.text)
  }
}

extension ValueForm where Value == TenantID {
  static var tenant: Self {
    ValueForm(
      placeholder: "TENANT", expectation: "a name of 1 to 128 bytes, not beginning with _ or .",
      parse: { try? TenantID($0) }, text: \.text)
  }
}

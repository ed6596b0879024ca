import Application
import Composition
import Domain
import HyperscanAdapter

extension TailOptions {
  /// Attributes that the agent sets itself: a second one of the name would hide the first, or stand beside it.
  private static let reserved = ["file", "offset", "source", "stream"]

  /// - Throws: `UsageError` for a regular expression that is none, and for attributes that the agent sets itself.
  init(_ settings: Settings, for input: TailInput) throws(UsageError) {
    self.init(tenant: settings[AgentSettings.tenant])
    service = settings[TailSettings.service]
    attributes = settings[TailSettings.attributes] ?? []
    try Self.checkNames(of: attributes)
    pathPattern = settings[TailSettings.pathPattern]
    startsAtEnd = settings[TailSettings.startAt] == .end
    lines.format = settings[TailSettings.format]
    lines.zone = settings[TailSettings.zone]
    lines.multiline = try Self.rule(settings[TailSettings.multiline])
    partialLineTimeout = settings[TailSettings.partialLineTimeout]
    multilineTimeout = settings[TailSettings.multilineTimeout]
    batchWait = settings[TailSettings.batchWait]
    findInterval = settings[TailSettings.findInterval]
    copySettle = settings[TailSettings.copySettle]
    maximumOpenFiles = settings[TailSettings.maximumOpenFiles]
    spoolBytes = settings[TailSettings.spoolSize]
    stopTimeout = settings[TailSettings.stopTimeout]
    switch input {
    case .files: break
    case .standardInput: if service == nil { service = try Self.name("stdin") }
    case .journald:
      if service == nil { service = try Self.name("journald") }
      lines.format = .json
      lines.fields = .journald
    }
  }

  private static func checkNames(of attributes: [Attribute]) throws(UsageError) {
    guard let taken = attributes.first(where: { reserved.contains($0.key) })?.key else { return }
    throw UsageError(
      "--attribute (CORDWOOD_ATTRIBUTE) names \"\(taken)\", which the agent sets itself, as it does "
        + "\(reserved.joined(separator: ", ")): give it another name")
  }

  private static func name(_ text: String) throws(UsageError) -> ServiceName {
    do throws(NameError) { return try ServiceName(text) } catch { throw UsageError("service '\(text)': \(error)") }
  }

  private static func rule(_ choice: MultilineChoice?) throws(UsageError) -> MultilineRule? {
    switch choice {
    case nil: return nil
    case .indentation: return .indentation
    case .start(let pattern):
      do throws(LinePatternError) { return .start(try HyperscanLinePattern(pattern)) } catch {
        throw UsageError("--multiline (CORDWOOD_MULTILINE) is \"\(pattern)\": \(error)")
      }
    }
  }
}

/// How the lines of a file are understood.
package struct EventReaderOptions: Sendable {
  package enum Format: String, CaseIterable, Sendable {
    /// Each line as what it looks like: CRI, a JSON object with a message, else text.
    case auto
    /// Text, whatever it looks like.
    case text
    /// JSON objects; a line that is none is text.
    case json
    /// Lines of a Kubernetes container (CRI), the text in them as with `auto`; a line that is none is as with `auto` too.
    case cri
  }

  /// Of a batch with a single event there are 2 MiB; this leaves room for the attributes.
  package static let largestEventBytes = EventLimits().messageBytes
  /// Less cannot hold the parts of a line that are looked for.
  package static let smallestEventBytes = 256

  package var format = Format.auto
  /// Which lines are joined to the one before; nil for none.
  package var multiline: MultilineRule?
  /// Seconds east of UTC of times that name no zone.
  package var zone = 0
  /// Attributes that somebody else adds to the events: what a JSON line calls so is kept as `logged.` and that name.
  package var reservedKeys: [String] = []
  /// Of JSON lines.
  package var fields = JSONLineFields()
  /// Bytes of one event as it stands in the file, without its last line end. A longer line is cut into several events, and a
  /// joined event ends before the line that would make it longer.
  package var maximumEventBytes = 1 << 20 {
    didSet {
      precondition(
        (Self.smallestEventBytes...Self.largestEventBytes).contains(maximumEventBytes),
        "an event may have \(Self.smallestEventBytes) to \(Self.largestEventBytes) bytes")
    }
  }
  /// Lines joined into one event at most; the next one begins another event.
  package var maximumEventLines = 1_000

  package init() {}
}

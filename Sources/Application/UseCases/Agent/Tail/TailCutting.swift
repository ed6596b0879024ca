import Domain

/// Makes batches of what was read, within what the server takes.
struct TailCutting: Sendable {
  var cutter: TurnCutter
  var packing: BatchPacking

  /// The server has said what it takes.
  mutating func fit(_ terms: IngestTerms) {
    cutter.limits = CutLimits(terms)
    packing.terms = terms
  }
}

package import Domain

/// How many events there are at which time, and how far that can be trusted.
package struct EventHistogram: Sendable {
  /// Over the times asked for; an end that was left open is where the events end. Nil if there are none and an end was open.
  package let histogram: Histogram?
  /// If the budget did not suffice: counts from here on are whole, those before it may lack events. Nil if all was counted.
  package let countedFrom: Timestamp?
  package let report: QueryReport

  package init(histogram: Histogram?, countedFrom: Timestamp?, report: QueryReport) {
    self.histogram = histogram
    self.countedFrom = countedFrom
    self.report = report
  }
}

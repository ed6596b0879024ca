/// What one query may use. Beyond it the query ends with an error that says so.
package struct QueryBudget: Hashable, Sendable {
  /// How long a query may take. Below the collector's grace by far, so that no object goes while it is planned.
  package var time = Duration.seconds(30)
  /// Bytes read from the object store.
  package var readBytes = 4 << 30
  /// Bytes of the events on a page; a page that reaches it ends early, with a cursor.
  package var pageBytes = 16 << 20
  /// Bytes of stored chunks that are kept between looks at their parts; beyond it parts are read one by one.
  package var openBytes = 64 << 20
  /// How long to wait for a partition's owner to catch up with the log.
  package var patience = Duration.seconds(1)
  /// How long a partition that moves, or is out of step with the index, is left alone before it is asked once more, doubled
  /// with each time: about what a commit or a new owner's start takes.
  package var pause = Duration.milliseconds(50)
  /// Bytes of the needle of `contains`.
  package var needleBytes = 4_096

  package init() {}
}

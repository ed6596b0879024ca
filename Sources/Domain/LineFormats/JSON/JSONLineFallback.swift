/// What an agent makes of a JSON line that an import would refuse: it follows a file that nobody will correct.
///
/// A time that is missing, or in none of the shapes known, becomes `timestamp`; one that is there stays as an attribute. A
/// service whose name breaks the rules becomes an attribute too, and the default takes its place.
struct JSONLineFallback: Sendable {
  var timestamp: Timestamp
  /// For times as text lines write them (`2026-01-02 15:04:05,123`).
  var context: WrittenTime.Context
}

import Application
import Domain

extension SQLiteConnection {
  /// Applies a commit's changes to what is stored, each window read and written once, and drops what has expired.
  func foldWindows(_ commit: FlushCommit) throws(SQLiteError) {
    var windows: [WindowKey: SequenceWindow] = [:]
    for change in commit.windows {
      if windows[change.key] == nil {
        windows[change.key] = change.startsAnew ? SequenceWindow() : try window(change.key, in: commit.partition)
      }
      windows[change.key]?.apply(change)
    }
    for (key, window) in windows { try store(window, key, in: commit.partition) }
    try prepared("DELETE FROM windows WHERE partition = ? AND last_append < ?").run(
      .init(commit.partition), .init(commit.newestAppend.advanced(by: .zero - SequenceWindow.lifetime)))
  }

  /// Every window of a partition.
  func windows(of partition: PartitionID) throws(SQLiteError) -> [WindowKey: SequenceWindow] {
    var windows: [WindowKey: SequenceWindow] = [:]
    try prepared("SELECT producer, tenant, service, encoded FROM windows WHERE partition = ?").rows(.init(partition)) {
      (row) throws(SQLiteError) in
      let stream = StreamID(tenant: try row.tenant(1), service: try row.service(2))
      windows[WindowKey(producer: ProducerID(try row.identifier(0)), stream: stream)] = try row.window(3)
    }
    return windows
  }

  private func window(_ key: WindowKey, in partition: PartitionID) throws(SQLiteError) -> SequenceWindow {
    var window = SequenceWindow()
    try prepared(
      "SELECT encoded FROM windows WHERE partition = ? AND tenant = ? AND service = ? AND producer = ?"
    ).rows(
      .init(partition), .text(key.stream.tenant.text), .text(key.stream.service.text), .init(key.producer.value)
    ) { (row) throws(SQLiteError) in window = try row.window(0) }
    return window
  }

  func store(
    _ window: SequenceWindow, _ key: WindowKey, in partition: PartitionID
  ) throws(SQLiteError) {
    try prepared(
      """
      INSERT INTO windows (partition, tenant, service, producer, last_append, encoded)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (partition, tenant, service, producer) DO UPDATE SET last_append = ?5, encoded = ?6
      """
    ).run(
      .init(partition), .text(key.stream.tenant.text), .text(key.stream.service.text), .init(key.producer.value),
      .init(window.lastAppend), .blob(window.encoded))
  }
}

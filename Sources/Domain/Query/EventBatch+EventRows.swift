extension EventBatch: EventRows {
  package var rowCount: Int { count }
  package var messageStorage: [UInt8] { bytes }
  package var severitiesPresent: UInt32 { .max }
}

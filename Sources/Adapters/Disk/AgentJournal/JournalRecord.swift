import Application
import Domain

/// What a frame of the journal says. `README.md` in the adapter's folder has the layout.
enum JournalRecord: Equatable, Sendable {
  case producer(ProducerID)
  case placement(UInt32)
  case entry(JournalEntry)
  case acknowledged(BatchName)
  /// How far a source was acknowledged when the file was written anew.
  case checkpoint(SourceID, SourceCheckpoint)
  /// The next sequence of a stream when the file was written anew.
  case nextSequence(StreamID, UInt64)
  /// A source that will not come back.
  case forgotten(SourceID)
}

package import Application
package import Domain

/// How a log on disk is, without changing it: for whoever has to say what a server would meet there.
///
/// The caller holds the data folder, so that nobody writes meanwhile.
package struct LogSurvey: Sendable {
  /// How many partitions the log was made with, by its own list; 0 where no list is, or the reason why it cannot be read.
  package let partitionCount: Result<Int, EventLogError>
  /// Those of which a folder is there, in the order of their numbers. Where one cannot be looked at, the reason.
  package let partitions: [(id: PartitionID, found: Result<PartitionSurvey, EventLogError>)]

  /// Blocks, for not much longer than `budget`: all segments are listed, the newest ones read as long as there is time.
  ///
  /// - Returns: Nil if there is no log.
  /// - Throws: If the folder cannot be listed.
  package init?(_ folder: String, budget: Duration) throws(EventLogError) {
    let files = UnchangingFileSystem()
    let deadline = ContinuousClock.now + budget
    let numbers: [Int]
    do throws(FileError) {
      numbers = try files.entries(of: folder).filter(\.isFolder).compactMap { Int($0.name) }.sorted()
    } catch {
      if error.kind == .notFound { return nil }
      throw EventLogError(reading: error)
    }
    do throws(EventLogError) {
      partitionCount = .success(try PlacementFile.look(in: folder, files).map(\.partitions).max() ?? 0)
    } catch { partitionCount = .failure(error) }
    partitions = numbers.map { number in
      let id = PartitionID(number)
      do throws(EventLogError) {
        return (id, .success(try PartitionSurvey(id, "\(folder)/\(number)", until: deadline, files)))
      } catch { return (id, .failure(error)) }
    }
  }
}

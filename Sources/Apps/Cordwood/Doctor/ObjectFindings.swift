import Application
import DiskAdapter
import Domain
import SQLiteAdapter

/// What a sample of the objects in a data folder means for a server.
enum ObjectFindings {
  private static let subject = "objects"

  /// Whether there is any; nil if that cannot be said.
  static func areThere(in store: DiskObjectStore) async -> Bool? {
    do throws(ObjectStoreError) { return try await !store.list(below: "", page: nil, limit: 1).keys.isEmpty } catch {
      return nil
    }
  }

  /// - Parameter index: Names the sample; nil where there is none that can be read.
  static func findings(_ store: DiskObjectStore, _ index: SQLiteIndexSurvey?, areThere: Bool?) async -> [Finding] {
    guard let areThere else {
      return [.error(subject, "they cannot be listed", "let the user who runs the server read the data folder")]
    }
    guard let index, !index.newestObjects.isEmpty else {
      return [.ok(subject, areThere ? "there are some, and no index that names them" : "there are none yet")]
    }
    let problems: [(key: String, reason: String)]
    do throws(IndexOperationError) {
      problems = try await ObjectProbe(store: store).problems(of: index.newestObjects)
        .map { ($0.key.text, $0.value) }.sorted { $0.key < $1.key }
    } catch {
      return [
        .error(subject, "they cannot be read: \(error)", "look at the device (dmesg, SMART), then run this again")
      ]
    }
    if problems.isEmpty {
      return [
        .ok(subject, "the newest \(index.newestObjects.count) of \(index.objectCount) are there, with whole footers")
      ]
    }
    return problems.map { key, reason in
      .error(
        subject, "'\(key)': \(reason)",
        "put it back from a backup; until then every answer that needs it says that it is not complete")
    }
  }
}

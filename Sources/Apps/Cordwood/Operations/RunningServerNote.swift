import Composition
import DiskAdapter
import FoundationEssentials
import Glibc

/// What a running server leaves in its data folder for operators' commands: `server.json`, readable for its owner alone.
///
/// Written once the server listens, removed when it stops. After a kill it stays, and says nothing any more: whether a server
/// runs is told by the folder's lock.
struct RunningServerNote: Sendable {
  static let name = "server.json"
  /// Far more than it ever has.
  private static let limitBytes = 64 << 10

  let process: Int32
  /// Of the metrics port, as this machine reaches it.
  let address: HostPort
  /// For `Authorization: Bearer`.
  let token: Secret
  let version: String

  private struct Document: Codable {
    let pid: Int32
    let url: String
    let token: String
    let version: String
  }

  /// - Parameters:
  ///   - listening: The address that the server listens on; all addresses of the machine count as its own.
  init(listening: String, port: Int, token: Secret) throws {
    let host = OwnAddress.reaching(listening)
    guard let port = UInt16(exactly: port), let address = HostPort(host: host, port: port) else {
      throw OperatorFailure.badNote(reason: "'\(listening)' and \(port) are no address")
    }
    process = getpid()
    self.address = address
    self.token = token
    version = Version.text
  }

  /// Nil if there is none.
  init?(in folder: String) throws {
    guard let bytes = try DataFolder.content(of: Self.name, in: folder, limit: Self.limitBytes) else { return nil }
    let document: Document
    do { document = try JSONDecoder().decode(Document.self, from: Data(bytes)) } catch {
      // Not the decoder's own words: they could repeat the token.
      throw OperatorFailure.badNote(reason: "'\(folder)/\(Self.name)' is not as a server writes it")
    }
    guard document.url.hasPrefix("http://"), let address = HostPort(String(document.url.dropFirst(7))) else {
      throw OperatorFailure.badNote(reason: "'\(folder)/\(Self.name)' has no address of a server")
    }
    process = document.pid
    self.address = address
    token = Secret(document.token)
    version = document.version
  }

  func write(to folder: DataFolder) throws {
    let document = Document(pid: process, url: "http://\(address)", token: token.exposed, version: version)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try folder.write(Array(try encoder.encode(document)) + Array("\n".utf8), to: Self.name)
  }
}

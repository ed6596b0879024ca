import Domain

/// Makes a service's name of a file's.
enum FileServiceName {
  /// Endings that say how a file is written, not whose it is.
  private static let endings = [".log", ".txt", ".out", ".err", ".json", ".jsonl", ".ndjson"]

  /// `app` for `/var/log/app.log`, `app.log.1`, `app.log-20260102` and `app.1.log`; `unknown` where nothing is left.
  static func service(of path: String) -> ServiceName {
    var name = Substring(path.split(separator: "/").last ?? "")
    while let shorter = withoutEnding(name) { name = shorter }
    name = name.drop { $0 == "." || $0 == "_" }
    if name.utf8.count > 128 { name = Substring(String(repairing: Array(name.utf8.suffix(120)).span)) }
    do throws(NameError) { return try ServiceName(String(name)) } catch { return unknown }
  }

  static let unknown: ServiceName = {
    do throws(NameError) { return try ServiceName("unknown") } catch {
      preconditionFailure("a word of letters is a service's name")
    }
  }()

  /// Nil if there is no ending to take away.
  private static func withoutEnding(_ name: Substring) -> Substring? {
    for ending in endings where name.hasSuffix(ending) && name.count > ending.count {
      return name.dropLast(ending.count)
    }
    guard let mark = name.lastIndex(where: { $0 == "." || $0 == "-" }), mark > name.startIndex else { return nil }
    let number = name[name.index(after: mark)...]
    // A number behind a point counts rotations, a long one behind a dash is a date; `web-1` is a name.
    let isDate = name[mark] == "-" && number.utf8.count >= 8
    guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !number.isEmpty, name[mark] == "." || isDate else {
      return nil
    }
    return name[..<mark]
  }
}

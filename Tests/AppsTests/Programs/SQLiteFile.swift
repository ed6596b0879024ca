/// An empty database (https://www.sqlite.org/fileformat2.html): the header and a first page without a table.
enum SQLiteFile {
  private static let pageBytes = 512

  static func bytes(application: UInt32, version: UInt32) -> [UInt8] {
    var page = [UInt8](repeating: 0, count: pageBytes)
    page.replaceSubrange(0..<15, with: "SQLite format 3".utf8)
    // The size of a page; rollback journal, not a write-ahead log; what the format fixes.
    page.replaceSubrange(16..<24, with: [UInt8(pageBytes >> 8), 0, 1, 1, 0, 64, 32, 32])
    // Change counter, pages, schema cookie, schema format, text encoding, version-valid-for, SQLite's version.
    let numbers: [(Int, UInt32)] = [
      (24, 1), (28, 1), (40, 1), (44, 4), (56, 1), (60, version), (68, application), (92, 1), (96, 3_040_001),
    ]
    for (start, number) in numbers {
      for byte in 0..<4 { page[start + byte] = UInt8(truncatingIfNeeded: number >> (24 - 8 * byte)) }
    }
    // A leaf of a table with no cell, whose content would begin at the end of the page.
    page.replaceSubrange(100..<108, with: [0x0D, 0, 0, 0, 0, UInt8(pageBytes >> 8), 0, 0])
    return page
  }
}

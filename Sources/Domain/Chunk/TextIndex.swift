/// The severity texts of a chunk, found again quickly: a batch's own index is looked up once and kept.
struct TextIndex {
  private(set) var texts: [String]
  private var batch: Int32 = -1
  private var indexes: [Int] = []

  init(_ texts: [String]) { self.texts = texts }

  mutating func index(of source: EventBatch, _ number: Int32, _ row: Int) -> Int {
    if number != batch {
      batch = number
      indexes = source.severityTexts.map { _ in -1 }
    }
    let local = source.severityTextIndex(at: row)
    if indexes[local] < 0 { indexes[local] = insert(source.severityTexts[local]) }
    return indexes[local]
  }

  private mutating func insert(_ text: String) -> Int {
    if let index = texts.firstIndex(of: text) { return index }
    texts.append(text)
    return texts.count - 1
  }
}

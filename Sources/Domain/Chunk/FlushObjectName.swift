/// What a flush object's key says of it, so that a rebuild need not open what it does not want. The footer decides.
package struct FlushObjectName: Hashable, Sendable {
  package let epoch: LogEpoch
  package let partition: PartitionID
  package let range: Range<UInt64>
  package let flush: FlushID
  package let part: Int

  /// Nil if `key` is not that of an object of a flush: `<epoch>-<partition>-<from>-<end>-<label>-<flush>-<part>.cwd`, of
  /// which the label may hold further dashes.
  package init?(_ key: ObjectKey) {
    guard let name = key.text.split(separator: "/").last, name.hasSuffix(".cwd") else { return nil }
    let words = name.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    guard words.count >= 7, let epoch = Identifier128(hexadecimal: String(words[0])),
      let partition = Int(words[1]), partition >= 0, let from = UInt64(words[2]), let end = UInt64(words[3]),
      from <= end, let flush = Identifier128(hexadecimal: String(words[words.count - 2])),
      let part = Int(words[words.count - 1]), part >= 0
    else { return nil }
    self.epoch = LogEpoch(epoch)
    self.partition = PartitionID(partition)
    range = from..<end
    self.flush = FlushID(flush)
    self.part = part
  }
}

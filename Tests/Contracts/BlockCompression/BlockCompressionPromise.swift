package import Domain
import Testing

/// What every codec promises. Left open: whether damage in the unused bits of a header is noticed, if the content is the
/// same (gzip's time and system bytes, zstd's unused bit), and the message of an error.
package enum BlockCompressionPromise: String, CaseIterable, Sendable {
  case readsBackWhatWasWritten, appendsBehindWhatIsThere, isDeterministic, repetitionBecomesSmall
  case emptyInputIsABlock, largeInputIsABlock, noiseHardlyGrows
  case truncatedIsCorrupt, trailingBytesAreCorrupt, flippedBitNeverGivesOtherContent, foreignBytesAreCorrupt
  case wrongCountIsCorrupt, impossibleCountIsRefusedAtOnce, damageLeavesTheOutputAlone
  case servesManyThreadsAtOnce

  package func check(on codec: some BlockCompression) async throws {
    let trial = CompressionTrial(codec: codec)
    switch self {
    case .readsBackWhatWasWritten:
      for content in [CompressionSamples.text, CompressionSamples.noise(1_000), [0], [0, 0], Array(0...255)] {
        try trial.expectRoundTrip(content)
      }
    case .appendsBehindWhatIsThere: try trial.checkAppending()
    case .isDeterministic:
      let first = trial.compressed(CompressionSamples.text)
      _ = trial.compressed(CompressionSamples.noise(100_000))
      let isSame = trial.compressed(CompressionSamples.text) == first
      #expect(isSame, "the same content gave two different blocks")
    case .repetitionBecomesSmall:
      #expect(trial.compressed([UInt8](repeating: 0x20, count: 100_000)).count < 1_000)
    case .emptyInputIsABlock: try trial.expectRoundTrip([])
    case .largeInputIsABlock: try trial.expectRoundTrip(CompressionSamples.repeatedText(to: 8 << 20))
    case .noiseHardlyGrows: #expect(trial.compressed(CompressionSamples.noise(100_000)).count < 101_000)
    case .truncatedIsCorrupt: trial.checkTruncation()
    case .trailingBytesAreCorrupt: trial.checkTrailing()
    case .flippedBitNeverGivesOtherContent: trial.checkFlips()
    case .foreignBytesAreCorrupt:
      for bytes in [CompressionSamples.text, CompressionSamples.noise(64), [0], Array("CWC1".utf8)] {
        trial.expectCorrupt(bytes, count: 64)
      }
    case .wrongCountIsCorrupt: trial.checkCounts()
    case .impossibleCountIsRefusedAtOnce:
      for count in [1 << 40, Int(UInt32.max) + 1, Int.max, -1, Int.min] {
        trial.expectCorrupt(trial.compressed(CompressionSamples.text), count: count)
      }
    case .damageLeavesTheOutputAlone: try trial.checkOutputAfterDamage()
    case .servesManyThreadsAtOnce: await trial.checkConcurrency()
    }
  }
}

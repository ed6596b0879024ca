import Chs

/// The memory of one scan at a time; of the database it was made for.
@safe
final class HyperscanScratch {
  let scratch: OpaquePointer

  init(_ database: HyperscanDatabase) {
    unsafe scratch = unsafe database.makeScratch()
  }

  deinit { unsafe hs_free_scratch(scratch) }
}

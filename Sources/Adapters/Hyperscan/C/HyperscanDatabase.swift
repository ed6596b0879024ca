import Chs
import Domain

/// One compiled pattern. Constant once made; any number of threads may scan with it, each with a scratch of its own
/// (https://intel.github.io/hyperscan/dev-reference/runtime.html, "Scratch Space").
@safe
final class HyperscanDatabase: @unchecked Sendable {
  private let database: OpaquePointer

  init(_ pattern: String) throws(LinePatternError) {
    let (database, failure) = unsafe Self.compile(pattern)
    if let failure { throw failure }
    guard let database = unsafe database else {
      preconditionFailure("Hyperscan gave neither a database nor an error")
    }
    unsafe self.database = unsafe database
  }

  deinit { unsafe hs_free_database(database) }

  private static func compile(_ pattern: String) -> (OpaquePointer?, LinePatternError?) {
    var database: OpaquePointer?
    var error: UnsafeMutablePointer<hs_compile_error_t>?
    // One match is enough; a pattern that an empty text matches is no mistake (`^`, `.*`).
    let flags = UInt32(HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY | HS_FLAG_DOTALL)
    let status = unsafe hs_compile(pattern, flags, UInt32(HS_MODE_BLOCK), nil, &database, &error)
    guard status != HS_SUCCESS else { return unsafe (database, nil) }
    defer { unsafe hs_free_compile_error(error) }
    let reason = unsafe error.map { unsafe String(cString: $0.pointee.message) } ?? "error \(status)"
    return (nil, status == HS_COMPILER_ERROR ? .invalid(reason: reason) : .unsupported(reason: reason))
  }

  func makeScratch() -> OpaquePointer {
    var scratch: OpaquePointer?
    let status = unsafe hs_alloc_scratch(database, &scratch)
    guard status == HS_SUCCESS, let scratch = unsafe scratch else {
      preconditionFailure("no memory for a scratch of Hyperscan (error \(status))")
    }
    return unsafe scratch
  }

  /// - Precondition: The line has less than 4 GiB.
  func matches(_ line: Span<UInt8>, _ scratch: HyperscanScratch) -> Bool {
    unsafe line.withUnsafeBytes { bytes in
      // The library wants an address for an empty text too.
      guard let start = bytes.baseAddress else {
        var nothing: CChar = 0
        return unsafe scan(&nothing, 0, scratch)
      }
      return unsafe scan(start.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), scratch)
    }
  }

  private func scan(_ start: UnsafePointer<CChar>, _ count: UInt32, _ scratch: HyperscanScratch) -> Bool {
    // The answer is in the status: the first match ends the scan.
    let status = unsafe hs_scan(database, start, count, 0, scratch.scratch, { _, _, _, _, _ in 1 }, nil)
    switch status {
    case HS_SUCCESS: return false
    case HS_SCAN_TERMINATED: return true
    default: preconditionFailure("Hyperscan could not scan a line (error \(status))")
    }
  }
}

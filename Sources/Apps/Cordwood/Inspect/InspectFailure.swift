import Domain

/// An object of which not even the footer can be read.
struct InspectFailure: Error, CustomStringConvertible {
  let description: String

  init(_ path: String, _ error: DecodingError) {
    let what = error.kind == .unsupportedVersion ? "cannot be read by this build" : "is damaged"
    description = "'\(path)' \(what): \(error)"
  }
}

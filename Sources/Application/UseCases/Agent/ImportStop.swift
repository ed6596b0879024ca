/// Why an import ends before its source does.
struct ImportStop: Error {
  let end: ImportReport.End

  init(_ end: ImportReport.End) { self.end = end }
}

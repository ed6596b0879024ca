/// Where an import reads, and what makes journal entries of it.
struct ImportIntake {
  let source: any LogSource
  var packing: JournalPacking
}

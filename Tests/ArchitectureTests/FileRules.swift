/// Past this a file has a seam that nobody looked for. Generated files are nobody's to read.
private let maxLines = 600

func lengthViolations(in file: SourceFile) -> [String] {
  guard file.isBelow("Sources"), !file.parts.contains("Generated") else { return [] }
  let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
  // A text that ends in a newline has an empty piece after it.
  let count = file.text.hasSuffix("\n") ? lines - 1 : lines
  return count > maxLines ? ["\(file.path): \(count) lines, more than \(maxLines): look for a seam"] : []
}

func folderViolations(in file: SourceFile) -> [String] {
  let layers = ["Domain", "Application", "Adapters", "Apps"]
  guard file.isBelow("Sources"), !(file.parts.count > 2 && layers.contains(file.parts[1])) else { return [] }
  return ["\(file.path): Sources holds \(layers.joined(separator: ", ")) and nothing else"]
}

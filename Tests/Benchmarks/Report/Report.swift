import Foundation

/// All figures of one run.
struct Report: Sendable, Encodable {
  let machine: MachineFacts
  let figures: [Figure]

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  func table() -> String {
    var lines = [
      "\(machine.processor), \(machine.cores) cores, \(machine.memoryGiB) GiB, Linux \(machine.kernel), "
        + "load \(machine.loadAverage) at the start"
    ]
    var group = ""
    for figure in figures {
      if figure.group != group {
        lines += ["", figure.group]
        group = figure.group
      }
      lines.append(row(figure))
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ figure: Figure) -> String {
    let name = figure.name.padding(toLength: 58, withPad: " ", startingAt: 0)
    let value = Decimals.text(figure.value)
    let padded = String(repeating: " ", count: max(0, 12 - value.count)) + value
    var row = "  \(name)\(padded) \(figure.unit.rawValue)"
    if let aim = figure.aim {
      let bound = aim.bound == .atLeast ? "at least" : "below"
      row += "  (aim: \(bound) \(Decimals.text(aim.value)): \(aim.verdict(on: figure.value)))"
    }
    return row
  }
}

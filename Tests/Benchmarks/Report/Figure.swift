/// One measured number.
struct Figure: Sendable, Encodable {
  enum Unit: String, Sendable, Encodable {
    case eventsPerSecond = "events/s"
    case cpuSecondsPerMillion = "CPU-s per million events"
    case bytes = "B"
    case megabytes = "MB"
    case milliseconds = "ms"
    case seconds = "s"
    case ratio = "x"
    case percent = "%"
    case count = ""
  }

  let group: String
  let name: String
  let value: Double
  let unit: Unit
  var aim: Aim?

  init(_ group: String, _ name: String, _ value: Double, _ unit: Unit, aim: Aim? = nil) {
    self.group = group
    self.name = name
    self.value = value
    self.unit = unit
    self.aim = aim
  }
}

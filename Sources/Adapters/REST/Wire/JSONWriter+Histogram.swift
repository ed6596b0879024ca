import Application
import Domain

extension JSONWriter {
  /// The answer of `POST /v1/histogram`.
  mutating func histogram(_ answer: EventHistogram) {
    beginObject()
    key("bucket_ms")
    integer((answer.histogram?.buckets.width ?? 0) / 1_000_000)
    key("buckets")
    beginArray()
    if let histogram = answer.histogram {
      for bucket in 0..<histogram.buckets.count { self.bucket(bucket, of: histogram) }
    }
    endArray()
    key("total")
    integer(answer.histogram?.total ?? 0)
    key("counted_from_ts")
    if let time = answer.countedFrom {
      // Up to a whole millisecond: what is said to be whole must be.
      let (milliseconds, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
      integer(rest > 0 ? milliseconds + 1 : milliseconds)
    } else {
      null()
    }
    report(answer.report)
    endObject()
  }

  /// Levels of which there are none are left out.
  private mutating func bucket(_ bucket: Int, of histogram: Histogram) {
    beginObject()
    key("start_ts")
    let (milliseconds, rest) = histogram.buckets.start(of: bucket).nanoseconds.quotientAndRemainder(
      dividingBy: 1_000_000)
    integer(rest < 0 ? milliseconds - 1 : milliseconds)
    key("counts")
    beginObject()
    for level in [nil] + Level.allCases {
      let count = histogram.count(in: bucket, of: level)
      if count == 0 { continue }
      key(level?.rawValue ?? "UNSPECIFIED")
      integer(count)
    }
    endObject()
    endObject()
  }
}

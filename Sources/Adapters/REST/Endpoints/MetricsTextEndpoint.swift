import Threads

/// `GET /metrics`: Prometheus's text exposition format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct MetricsTextEndpoint: Endpoint {
  let exposition: @Sendable () -> [UInt8]
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    Answer(contentType: "text/plain; version=0.0.4; charset=utf-8", body: .bytes(await pool.run(exposition)))
  }
}

import Composition
import Testing

@Suite("A taken port")
struct PortTakenErrorTests {
  @Test("is told with its variable and its flag")
  func message() {
    #expect(
      "\(PortTakenError(port: 50051, setting: SampleProgram.port))"
        == "port 50051 is taken: stop what listens there, or set GRPC_PORT (--grpc-port) to another port, or to 0 for a free one"
    )
  }
}

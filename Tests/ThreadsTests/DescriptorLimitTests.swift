import Glibc
import Testing

@testable import Threads

@Suite("The limit of descriptors")
struct DescriptorLimitTests {
  @Test("is raised from what the system gives to the most there may be")
  func raised() async {
    // In a process of its own, whose limit nobody else needs.
    await #expect(processExitsWith: .success) {
      var limit = rlimit()
      let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
      #expect(unsafe getrlimit(files, &limit) == 0)
      limit.rlim_cur = min(256, limit.rlim_max)
      #expect(unsafe setrlimit(files, &limit) == 0)
      #expect(DescriptorLimit.raise() == limit.rlim_max)
      #expect(unsafe getrlimit(files, &limit) == 0)
      #expect(limit.rlim_cur == limit.rlim_max)
    }
  }
}

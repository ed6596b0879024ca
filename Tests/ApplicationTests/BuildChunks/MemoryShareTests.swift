import Application
import Domain
import Testing

@Suite("The memory that partitions share")
struct MemoryShareTests {
  @Test("is that of the partitions that are left when one is given up")
  func forgets() async {
    let memory = MemoryShare(limit: 100)
    let (first, second) = (PartitionID(0), PartitionID(1))
    _ = await memory.report(first, holds: 80)
    let pressed = await memory.report(second, holds: 60)
    #expect(pressed)
    await memory.forget(first)
    let alone = await memory.report(second, holds: 90)
    #expect(!alone)
  }
}

import Testing

@testable import DiskAdapter

@Suite("The mount table")
struct MountTableTests {
  private static let table = """
    22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
    30 22 0:26 / /dev/shm rw - tmpfs tmpfs rw
    31 22 0:40 / /srv/with\\040blank rw shared:9 master:2 - nfs4 server:/x rw
    32 22 0:41 / /data rw - xfs /dev/vdb rw
    33 32 0:42 / /data rw - tmpfs tmpfs rw
    no mount
    """

  @Test(
    "names the file system of the longest mount point",
    arguments: [
      ("/home/a", "ext4"), ("/dev/shm/x", "tmpfs"), ("/dev/shmx", "ext4"), ("/srv/with blank/a", "nfs4"),
      ("/data", "tmpfs"), ("/data/deep/er", "tmpfs"),
    ])
  func longest(path: String, type: String) {
    #expect(MountTable.fileSystem(of: path, in: Self.table) == type)
  }

  @Test("tells what is in memory or over a network from a disk")
  func kinds() {
    #expect(DeviceFacts.Kind(fileSystem: "tmpfs") == .memory)
    #expect(DeviceFacts.Kind(fileSystem: "nfs4") == .network("nfs4"))
    #expect(DeviceFacts.Kind(fileSystem: "ext4") == .local)
    #expect(DeviceFacts.Kind(fileSystem: nil) == .local)
  }
}

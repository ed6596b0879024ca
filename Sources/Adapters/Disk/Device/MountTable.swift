import Domain

/// Which file system a path is on, by what the kernel has mounted (proc_pid_mountinfo(5)).
enum MountTable {
  static func read() throws(FileError) -> String {
    let file = try SequentialFile("/proc/self/mountinfo")
    var bytes: [UInt8] = []
    while true {
      let piece = try file.read(upTo: 64 << 10)
      if piece.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += piece
    }
  }

  /// The type of the file system of the longest mount point that `path` lies under; the later one of two that are equal.
  ///
  /// - Parameters:
  ///   - path: Absolute, without links.
  ///   - table: Lines `36 35 98:0 /root /mount/point options … - type source options`; blanks in paths as `\040`.
  static func fileSystem(of path: String, in table: String) -> String? {
    var best: (length: Int, type: String)?
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 5, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
      let point = fields[4].replacing("\\040", with: " ")
      guard point == "/" || path == point || path.hasPrefix(point + "/") else { continue }
      if point.utf8.count >= best?.length ?? 0 { best = (point.utf8.count, String(fields[dash + 1])) }
    }
    return best?.type
  }
}

extension DeviceFacts.Kind {
  init(fileSystem: String?) {
    switch fileSystem {
    case "tmpfs", "ramfs": self = .memory
    case let name? where ["nfs", "nfs4", "cifs", "smb3", "ceph", "9p", "glusterfs", "lustre"].contains(name):
      self = .network(name)
    default: self = .local
    }
  }
}

import Glibc

/// Where a program is.
enum ProgramPath {
  /// Of an environment without PATH, as execvp(3) has it.
  private static let usualFolders = "/bin:/usr/bin"

  /// - Parameter name: A path, or a name to be looked for in PATH.
  /// - Returns: Nil if there is none that may be executed.
  static func find(_ name: String) -> String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return isExecutable(name) ? name : nil }
    let folders = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? usualFolders
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }
}

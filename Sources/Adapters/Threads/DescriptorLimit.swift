import Glibc

/// How many files and connections the process may have open at a time.
package enum DescriptorLimit {
  /// Raises it to the most that the process may take by itself. Systems start programs with 1,024, for the sake of old
  /// ones that use select(2): a thousand connections would then leave none for the files of the log.
  ///
  /// - Returns: The limit from now on.
  @discardableResult
  package static func raise() -> UInt {
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(files, &limit) == 0 else { return 0 }
    let before = limit.rlim_cur
    limit.rlim_cur = limit.rlim_max
    return unsafe setrlimit(files, &limit) == 0 ? limit.rlim_cur : before
  }
}

/// What a program tells the shell; scripts rely on these three numbers. (`ExitStatus` is a type of the Testing module.)
package enum ExitCode: Int32, Sendable {
  case done = 0
  case failed = 1
  /// An unknown flag, a wrong value, an unknown environment variable: nothing was begun.
  case wrongUsage = 2
}

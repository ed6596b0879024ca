/// The calls that errors name.
enum FileOperation: String, Sendable {
  case open, read, write, sync, truncate, lock, stat, rename, link, watch
  case makeFolder = "make folder"
  case resolve = "resolve link"
  case listFolder = "list folder"
  case syncFolder = "sync folder"
  case remove
}

import Application
import Glibc

extension LogFilesError {
  init(_ error: FileError) {
    switch error.code {
    // A loop of links leads nowhere; a folder in the path may have become a file.
    case ENOENT, ENOTDIR, ELOOP: self = .notFound(path: error.path)
    case EMFILE, ENFILE:
      let reason = "\(SystemErrors.text(error.code)): raise the limit of open files (ulimit -n), or follow fewer files"
      self = .unavailable(path: error.path, reason: reason)
    case ENOMEM, EIO, ESTALE, ETIMEDOUT, EAGAIN, EBUSY, ENODEV, ENXIO:
      self = .unavailable(path: error.path, reason: SystemErrors.text(error.code))
    default: self = .unreadable(path: error.path, reason: SystemErrors.text(error.code))
    }
  }
}

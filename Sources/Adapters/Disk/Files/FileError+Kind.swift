import Glibc

extension FileError.Kind {
  init(_ code: Int32) {
    switch code {
    case ENOENT: self = .notFound
    case EEXIST: self = .exists
    case ENOSPC, EDQUOT, EFBIG: self = .full
    case ENOTDIR, EISDIR, ENAMETOOLONG, EINVAL, ENOTEMPTY: self = .unsuitableName
    case EACCES, EPERM, EROFS: self = .notPermitted
    default: self = .other
    }
  }
}

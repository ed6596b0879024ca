import Application
import Clinux
import Glibc

extension FileState {
  init(_ state: statx) {
    let hasBirth = state.stx_mask & UInt32(STATX_BTIME) != 0
    let birth = hasBirth ? state.stx_btime.tv_sec &* 1_000_000_000 &+ Int64(state.stx_btime.tv_nsec) : 0
    self.init(
      identity: FileIdentity(inode: state.stx_ino, birth: birth),
      device: UInt64(state.stx_dev_major) << 32 | UInt64(state.stx_dev_minor),
      kind: FileKind(mode: mode_t(state.stx_mode)), size: state.stx_size, names: state.stx_nlink)
  }
}

extension FileKind {
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .special
    }
  }
}

#include <linux/stat.h>

// glibc has it since 2.28 but declares it for _GNU_SOURCE only, which Swift's Glibc module does without.
extern int statx(int folder, const char *path, int flags, unsigned int mask, struct statx *state);

// Of what a path leads to, links followed. -1 and errno on failure.
static inline int statx_path(const char *path, struct statx *state) {
  return statx(-100 /* AT_FDCWD */, path, 0, STATX_BASIC_STATS | STATX_BTIME, state);
}

static inline int statx_descriptor(int descriptor, struct statx *state) {
  return statx(descriptor, "", 0x1000 /* AT_EMPTY_PATH */, STATX_BASIC_STATS | STATX_BTIME, state);
}

// Before event2: its event-config.h defines _GNU_SOURCE, which changes fd_set and clashes with other C modules.
#include <features.h>

#include <event2/event.h>
#include <event2/buffer.h>
#include <event2/thread.h>

#include <malloc.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

// Glibc's module map has neither <sys/eventfd.h> nor (without _GNU_SOURCE) accept4, and no macro over ioctl.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
static inline int cordwood_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
static inline int cordwood_accept(int fd) { return accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }
static inline int cordwood_bytes_waiting(int fd) {
  int count = 0;
  return ioctl(fd, FIONREAD, &count) == 0 ? count : 0;
}

// glibc gives the top of its heap back to the kernel at each free of a message and faults it in again at the next one.
static inline void cordwood_keep_freed_memory(int mmap_threshold, int trim_threshold) {
  mallopt(M_MMAP_THRESHOLD, mmap_threshold);
  mallopt(M_TRIM_THRESHOLD, trim_threshold);
}

// glibc gives each thread a heap of its own by default, up to eight for each core, and what one frees no other takes.
static inline void cordwood_limit_heaps(int heaps) { mallopt(M_ARENA_MAX, heaps); }

// Also what lies free between blocks that are in use, whole pages of it.
static inline void cordwood_give_back_memory(void) { malloc_trim(0); }

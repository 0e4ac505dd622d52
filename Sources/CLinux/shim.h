#pragma once

#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

// sched_setaffinity(2) and sched_getaffinity(2) for the calling thread; glibc declares them for _GNU_SOURCE only, which
// Swift does not set. One bit for each processor; the second returns how many bytes were filled, or -1.
static inline long clinux_set_processors(const unsigned char *bits, size_t count) {
    return syscall(SYS_sched_setaffinity, 0, count, bits);
}
static inline long clinux_get_processors(unsigned char *bits, size_t count) {
    return syscall(SYS_sched_getaffinity, 0, count, bits);
}

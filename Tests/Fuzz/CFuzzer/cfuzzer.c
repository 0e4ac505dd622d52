#include "cfuzzer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// Begin and end of the section with one counter for each edge, named by the linker.
extern uint8_t first_counter[] __asm__("__start___sancov_cntrs") __attribute__((weak, visibility("hidden")));
extern uint8_t counters_end[] __asm__("__stop___sancov_cntrs") __attribute__((weak, visibility("hidden")));

int cfuzzer_share_coverage(void) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t begin = ((uintptr_t)first_counter + page - 1) / page * page, end = (uintptr_t)counters_end / page * page;
    if (first_counter == NULL || begin >= end) return -1;
    size_t count = end - begin;
    void *copy = malloc(count);
    if (copy == NULL) return -1;
    memcpy(copy, (void *)begin, count);
    void *shared = mmap((void *)begin, count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (shared != MAP_FAILED) memcpy(shared, copy, count);
    free(copy);
    return shared == MAP_FAILED ? -1 : 0;
}

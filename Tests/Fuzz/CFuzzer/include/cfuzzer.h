#pragma once

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own mutations, for a mutator that adds to them.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum);

/// Makes the coverage counters memory that forked processes share, so that what they cover counts.
///
/// The pages at the ends, which other variables share, stay as they are. Returns 0, or -1 with `errno`.
int cfuzzer_share_coverage(void);

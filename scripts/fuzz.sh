#!/usr/bin/env bash
# Fuzzes what strangers reach: builds the fuzzer with sanitizers into .build-fuzz and runs each target for a while.
#   fuzz-http, fuzz-mcp  the edge of the server
#   fuzz-channel         the host's side of a run, fed by a guest that may say anything
#   fuzz-guest           the guest's engine, fed by generated scripts, QuickJS with sanitizers too
# Fails on a finding; its input stays in .build-fuzz/findings/TARGET and belongs into Tests/Fuzz/Corpus/TARGET.
# Needs what scripts/setup.sh installs.
# Arguments: seconds for each target (30 by default), and the target (all by default): ./scripts/fuzz.sh 600 fuzz-guest
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
# An engine of its own, with sanitizers and assertions.
export QUICKJS_PREFIX=$here/.build-fuzz/quickjs
export QUICKJS_FLAGS="-fsanitize=address,fuzzer-no-link -U_FORTIFY_SOURCE -UNDEBUG"
mkdir -p "$QUICKJS_PREFIX"
./scripts/setup.sh
. scripts/environment.sh

seconds=${1:-30}
targets=(fuzz-http fuzz-mcp fuzz-channel fuzz-guest)
[ $# -lt 2 ] || targets=("$2")
scratch=$here/.build-fuzz
# The last -sanitize counts; optimized, but with assertions, since a broken one is a finding.
build=(-c release --scratch-path "$scratch" --sanitize fuzzer --sanitize address
    -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xswiftc -assert-config -Xswiftc Debug)
export FUZZ=1
swift build "${build[@]}" --product fuzz
products=$(swift build "${build[@]}" --show-bin-path)

# Swift's own crash handler would come before the fuzzer's, which keeps the input.
export SWIFT_BACKTRACE=enable=no
# A fork copies what is held back from reuse; this much finds what a script of four kilobytes frees too early.
export ASAN_OPTIONS=quarantine_size_mb=16
failed=0
for target in "${targets[@]}"; do
    log=$scratch/$target.log
    mkdir -p "$scratch/corpus/$target" "$scratch/findings/$target"
    code=0
    # New inputs go to the first folder; the second is ours. Leaks are looked for at the end, not after every input.
    FUZZ_TARGET=$target "$products/fuzz" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -max_len=4096 \
        -detect_leaks=0 -dict="Tests/Fuzz/Dictionaries/$target.dict" \
        -artifact_prefix="$scratch/findings/$target/" -print_final_stats=1 \
        "$scratch/corpus/$target" "Tests/Fuzz/Corpus/$target" >"$log" 2>&1 || code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
    if [ "$code" -eq 0 ]; then
        echo "$target: ${runs:-0} runs, ${coverage:-0} edges covered, no findings"
    else
        failed=1
        grep -aE 'finding:|Fatal error|ERROR: |SUMMARY: |Test unit written' "$log" | head -20 || tail -20 "$log"
        echo "$target: ${runs:-0} runs, a FINDING (exit $code), kept in $scratch/findings/$target; the log is $log"
    fi
done
exit "$failed"

#!/usr/bin/env bash
# Runs all tests with coverage and prints line coverage of Sources, the programs that the tests start included.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
. scripts/environment.sh

./scripts/setup.sh --tests
scratch=.build/coverage
rm -rf "$scratch/profiles"
mkdir -p "$scratch/profiles"
# Started programs inherit the variable; %m and %p keep their profiles apart.
export LLVM_PROFILE_FILE="$here/$scratch/profiles/%m-%p.profraw"
swift test --scratch-path "$scratch" --enable-code-coverage --no-parallel "$@"
tools=$(dirname "$(readlink -f "$(command -v swift)")")
products=$(swift build --scratch-path "$scratch" --show-bin-path)
find "$scratch" -name '*.profraw' -size +0 >"$scratch/profiles.txt"
"$tools/llvm-profdata" merge --failure-mode=all --sparse --input-files="$scratch/profiles.txt" -o "$scratch/merged.profdata"
"$tools/llvm-cov" report -instr-profile "$scratch/merged.profdata" "$products"/*.xctest \
    -object "$products/bitetrack-sidecar" -object "$products/sandbox-guest" -object "$products/bench" \
    -ignore-filename-regex '(/Tests/|/checkouts/|/\.build/|\.derived/)'

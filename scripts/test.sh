#!/usr/bin/env bash
# Sets everything up and runs all tests; with --fuzz first, or CI=true, fuzzes for 20 seconds each afterwards.
# Other arguments go to `swift test`, for example: ./scripts/test.sh --filter JSONTests
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
. scripts/environment.sh

fuzzes=${CI:-false}
if [ "${1:-}" = --fuzz ]; then
    fuzzes=true
    shift
fi
./scripts/setup.sh --tests
if swift format --version >/dev/null 2>&1; then
    swift format lint --strict --recursive --parallel Sources Tests Package.swift
fi
swift build --build-tests
# One test at a time: many start programs and measure time, and two cores are soon busy.
swift test --skip-build --no-parallel "$@"
if [ "$fuzzes" = true ]; then ./scripts/fuzz.sh 20; fi

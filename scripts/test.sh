#!/usr/bin/env bash
# Sets everything up and runs all tests. First arguments, or CI=true for both:
#   --release  then runs what starts the shipped programs once more on a release build of them
#   --fuzz     then fuzzes for 20 seconds each
# Other arguments go to `swift test`, for example: ./scripts/test.sh --filter JSONTests
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
. scripts/environment.sh

releases=${CI:-false}
fuzzes=${CI:-false}
while true; do
    case ${1:-} in
        --release) releases=true ;;
        --fuzz) fuzzes=true ;;
        *) break ;;
    esac
    shift
done
# Suites that run the programs themselves: an optimized build can fail where a debug build does not.
released='CodeSandboxTests\.(Sandbox|GuestDeath|SystemCallTrace|ChannelEscape|KernelEscape)'
released+='|EndToEndTests\.(BadInput|CacheBehaviour|Command|Escape|HostileExchange|MainJob|REST)Tests'
released+='|ReverseProxyTests\.(ConcurrentLoad|Program)Tests'

./scripts/setup.sh --tests
if swift format --version >/dev/null 2>&1; then
    swift format lint --strict --recursive --parallel Sources Tests Package.swift
fi
swift build --build-tests
# One test at a time: many start programs and measure time, and two cores are soon busy.
swift test --skip-build --no-parallel "$@"
if [ "$releases" = true ]; then
    for product in sandbox-guest bitetrack-sidecar; do swift build "${release[@]}" --product "$product"; done
    TESTED_PROGRAMS=$(swift build "${release[@]}" --show-bin-path) \
        swift test --skip-build --no-parallel --filter "$released"
fi
if [ "$fuzzes" = true ]; then ./scripts/fuzz.sh 20; fi

#!/usr/bin/env bash
# Sets everything up, builds, and starts the demo: the sidecar in front of a built-in BiteTrack API with sample data.
# Arguments go to `bitetrack-sidecar demo`; see ./scripts/run.sh --help.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
. scripts/environment.sh

./scripts/setup.sh
echo "run: building the release (the first build takes several minutes)"
for product in sandbox-guest bitetrack-sidecar; do swift build "${release[@]}" --product "$product"; done
exec "$(swift build "${release[@]}" --show-bin-path)/bitetrack-sidecar" demo "$@"

#!/usr/bin/env bash
# Builds the release and measures the sidecar beside the MCP Python SDK's server, in one run.
# Arguments go to `bench`; ./scripts/bench.sh --help lists them.
# `./scripts/bench.sh idle-streams` measures the memory of idle event streams instead, without the peer.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
. scripts/environment.sh

./scripts/setup.sh --tests
for product in sandbox-guest bitetrack-sidecar bench; do swift build "${release[@]}" --product "$product"; done
bench="$(swift build "${release[@]}" --show-bin-path)/bench"
case " $* " in *" --help "* | *" -h "*) exec "$bench" "$@" ;; esac
case "${1:-}" in idle-streams | tokens | help) exec "$bench" "$@" ;; load) shift ;; esac

work=$(mktemp -d)
peer=
trap '[ -z "$peer" ] || kill "$peer" 2>/dev/null; rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
.venv/bin/python scripts/bench/python_sdk_server.py "$port" "$work/certificate.pem" "$work/key.pem" &
peer=$!
for _ in $(seq 100); do
    if curl -ks -o /dev/null "https://localhost:$port/mcp"; then break; fi
    kill -0 "$peer" || exit 1
    sleep 0.1
done
"$bench" --peer-url "https://localhost:$port/mcp" --peer-name python-sdk --peer-certificate "$work/certificate.pem" "$@"

#!/usr/bin/env bash
# Builds the release and measures the sidecar beside its peers, in one run.
# Arguments go to `bench`; ./scripts/bench.sh --help lists them.
#   ./scripts/bench.sh [load] …        tools over MCP, beside the MCP Python SDK's server
#   ./scripts/bench.sh sandbox …       runs of scripts, beside Node's vm, QuickJS in Python, Deno, and FastMCP in code mode
#   ./scripts/bench.sh proxy …         proxied reads, cached and not, beside nginx
#   ./scripts/bench.sh host-call …     cached API calls inside a run, beside a bare socketpair
#   ./scripts/bench.sh idle-streams …  memory of idle event streams, without a peer
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
. scripts/environment.sh

# What runs scripts beside us; not needed by any test, so it is installed here and not by setup.sh.
script_peers="fastmcp[code-mode]==4.1.0 pydantic-monty==1.4.0 deno==2.9.8 quickjs==1.19.4"

./scripts/setup.sh --tests
for product in sandbox-guest bitetrack-sidecar bench; do swift build "${release[@]}" --product "$product"; done
bench="$(swift build "${release[@]}" --show-bin-path)/bench"
case " $* " in *" --help "* | *" -h "*) exec "$bench" "$@" ;; esac
kind=load
case "${1:-}" in
    host-call | idle-streams | tokens | search | help) exec "$bench" "$@" ;;
    load | sandbox | proxy) kind=$1; shift ;;
esac

work=$(mktemp -d)
peers=()
trap '[ ${#peers[@]} -eq 0 ] || kill "${peers[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null

# Sets `port` to one that is free.
free_port() { port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'); }
# Starts a peer: its URL, then its command. Waits until it answers anything.
start_peer() {
    local url=$1
    shift
    "$@" &
    local pid=$!
    peers+=("$pid")
    for _ in $(seq 300); do
        if curl -ks --max-time 5 -o /dev/null "$url"; then return; fi
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    echo "bench: a peer did not start: $*" >&2
    exit 1
}

if [ "$kind" = load ]; then
    free_port
    start_peer "https://localhost:$port/mcp" \
        .venv/bin/python scripts/bench/python_sdk_server.py "$port" "$work/certificate.pem" "$work/key.pem"
    "$bench" load --peer-url "https://localhost:$port/mcp" --peer-name python-sdk \
        --peer-certificate "$work/certificate.pem" "$@"
    exit
fi

if [ "$kind" = proxy ]; then
    nginx=$(command -v nginx || echo "$here/.nginx/usr/sbin/nginx")
    if [ ! -x "$nginx" ]; then
        # Unpacked here instead of installed, since the package would start a server at once.
        echo "bench: fetching nginx into .nginx"
        (cd "$work" && apt-get download -q nginx && dpkg-deb -x nginx_*.deb "$here/.nginx")
    fi
    "$bench" proxy --nginx "$nginx" --certificate "$work/certificate.pem" --key "$work/key.pem" "$@"
    exit
fi

if [ "$(cat .venv-bench/.installed 2>/dev/null)" != "$script_peers" ]; then
    echo "bench: installing $script_peers into .venv-bench"
    python3 -m venv .venv-bench
    # shellcheck disable=SC2086
    .venv-bench/bin/pip install --quiet --disable-pip-version-check $script_peers
    printf '%s\n' "$script_peers" >.venv-bench/.installed
fi
arguments=(--peer-certificate "$work/certificate.pem")
if command -v node >/dev/null 2>&1; then
    echo "bench: Node $(node --version)"
    free_port
    start_peer "http://localhost:$port/" node scripts/bench/node_vm_server.mjs "$port"
    arguments+=(--script-peer "node-vm-http=http://localhost:$port/")
    free_port
    start_peer "https://localhost:$port/" \
        node scripts/bench/node_vm_server.mjs "$port" "$work/certificate.pem" "$work/key.pem"
    arguments+=(--script-peer "node-vm-https=https://localhost:$port/")
else
    echo "bench: there is no node on PATH: measured without Node's vm"
fi
for engine in quickjs deno; do
    free_port
    start_peer "http://127.0.0.1:$port/" .venv-bench/bin/python scripts/bench/script_server.py "$port" "$engine"
    arguments+=(--script-peer "$engine-http=http://127.0.0.1:$port/")
done
free_port
start_peer "http://127.0.0.1:$port/mcp" .venv-bench/bin/python scripts/bench/fastmcp_server.py "$port"
arguments+=(--mcp-peer "fastmcp-http=http://127.0.0.1:$port/mcp")
"$bench" sandbox "${arguments[@]}" "$@"

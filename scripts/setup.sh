#!/usr/bin/env bash
# Installs what the build needs: Debian packages, and quickjs-ng from its hash-checked source.
# Safe to run again: the second run finds everything in place and does nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<TEXT
Usage: scripts/setup.sh [--tests] [--no-swift]

  --tests     also install what the tests need (Python clients in .venv, .venv-mcp1 and
              .venv-fastmcp, nginx in .nginx, openssl, curl)
  --no-swift  do not look for a Swift toolchain

QuickJS goes to \$QUICKJS_PREFIX (default /usr/local when that is writable, else .quickjs in this folder);
\$QUICKJS_FLAGS are more flags for its compiler.
TEXT
}

tests=no
need_swift=yes
for argument in "$@"; do
    case $argument in
        --tests) tests=yes ;;
        --no-swift) need_swift=no ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 64 ;;
    esac
done

quickjs_version=0.17.0.2
quickjs_sha256=43d2e48272208721a7aaea8e3f02d4b9318f12ef20cc4f5421b59d9a470706ef
quickjs_patch=$here/scripts/quickjs/module-completion.patch
packages=(clang libcurl4-openssl-dev libssl-dev zlib1g-dev libseccomp-dev pkg-config patch python3 python3-pip ca-certificates)
test_packages=(curl libpcre2-8-0 openssl python3-venv strace)
# One environment per client library: they need different versions of the same packages.
python_clients=(
    ".venv mcp==2.3.0 PyYAML==6.0.3"
    ".venv-mcp1 mcp==1.30.0"
    ".venv-fastmcp fastmcp[tasks]==4.1.0 h2==4.4.1"
)
# A toolchain that carries its own compiler (Swift's does) needs no second one.
if command -v clang >/dev/null 2>&1; then packages=("${packages[@]:1}"); fi
[ "$tests" = yes ] && packages+=("${test_packages[@]}")

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; return; fi
    command -v sudo >/dev/null 2>&1 || fail "this needs root, and there is no sudo: $*"
    sudo "$@"
}

if [ "$need_swift" = yes ]; then
    command -v swift >/dev/null 2>&1 || fail "no Swift toolchain found: install Swift 6.3 or newer from swift.org and put it on PATH"
fi

# --- Debian packages -------------------------------------------------------------------------------------------------
missing=()
installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${packages[@]}" 2>/dev/null || true)
for package in "${packages[@]}"; do
    grep -qx "$package installed" <<<"$installed" || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null 2>&1 || fail "missing packages, and no apt-get to install them: ${missing[*]}"
    say "installing ${missing[*]}"
    as_root apt-get update -qq || fail "apt-get update failed: check the network, then run this again"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        fail "apt-get could not install: ${missing[*]}"
fi

# --- quickjs-ng --------------------------------------------------------------------------------------------------------
prefix=${QUICKJS_PREFIX:-}
if [ -z "$prefix" ]; then
    if [ -w /usr/local/lib ] && [ -w /usr/local/include ]; then prefix=/usr/local; else prefix=$here/.quickjs; fi
fi
stamp=$({ sed -n '/^quickjs_/p; /^build_quickjs/,/^}/p' "${BASH_SOURCE[0]}"; cat "$quickjs_patch"; echo "${QUICKJS_FLAGS:-}"; } | sha256sum | cut -c1-16)
pkgconfig=$prefix/lib/pkgconfig/quickjs-ng.pc

build_quickjs() {
    local work source
    work=$(mktemp -d)
    trap 'rm -rf "$work"' RETURN
    say "fetching quickjs-ng $quickjs_version"
    printf 'quickjs-ng==%s --hash=sha256:%s\n' "$quickjs_version" "$quickjs_sha256" >"$work/requirements.txt"
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --require-hashes \
        --dest "$work" --requirement "$work/requirements.txt" || fail "could not fetch quickjs-ng $quickjs_version with pip"
    (cd "$work" && printf '%s  %s\n' "$quickjs_sha256" quickjs_ng-*.tar.gz | sha256sum --check --quiet) ||
        fail "the quickjs-ng source does not have the expected SHA-256"
    tar -xzf "$work"/quickjs_ng-*.tar.gz -C "$work"
    source=$(echo "$work"/quickjs_ng-*/upstream-quickjs)
    patch --quiet --strip=1 --directory="$source" <"$quickjs_patch" || fail "the patch to quickjs-ng does not apply"
    say "building quickjs-ng into $prefix"
    local flags=(-std=gnu11 -O2 -g -fPIE -fwrapv -funsigned-char -fstack-protector-strong -fstack-clash-protection
        -fcf-protection -D_FORTIFY_SOURCE=2 -D_GNU_SOURCE -DNDEBUG -ftrivial-auto-var-init=zero -w)
    [ "$(uname -m)" = x86_64 ] || flags=("${flags[@]/-fcf-protection/-mbranch-protection=standard}")
    # shellcheck disable=SC2206
    flags+=(${QUICKJS_FLAGS:-})
    local unit jobs=()
    for unit in quickjs libregexp libunicode dtoa; do
        clang "${flags[@]}" -c "$source/$unit.c" -o "$work/$unit.o" &
        jobs+=($!)
    done
    for unit in "${jobs[@]}"; do wait "$unit" || fail "quickjs-ng did not compile"; done
    mkdir -p "$prefix/lib/pkgconfig" "$prefix/include/quickjs-ng"
    rm -f "$work/libquickjs-ng.a"
    ar rcs "$work/libquickjs-ng.a" "$work"/{quickjs,libregexp,libunicode,dtoa}.o
    install -m 644 "$work/libquickjs-ng.a" "$prefix/lib/libquickjs-ng.a"
    install -m 644 "$source/quickjs.h" "$prefix/include/quickjs-ng/quickjs.h"
    cat >"$pkgconfig" <<PC
prefix=$prefix
Name: quickjs-ng
Description: QuickJS, a small JavaScript engine (build $stamp)
Version: $quickjs_version
Cflags: -I\${prefix}/include/quickjs-ng
Libs: -L\${prefix}/lib -lquickjs-ng -lm
PC
}

if ! grep -qs "build $stamp" "$pkgconfig"; then build_quickjs; fi

# --- Python clients for the tests ----------------------------------------------------------------------------------------
if [ "$tests" = yes ]; then
    for entry in "${python_clients[@]}"; do
        read -r name wanted <<<"$entry"
        read -ra requirements <<<"$wanted"
        venv=$here/$name
        if [ "$(cat "$venv/.installed" 2>/dev/null)" = "$wanted" ]; then continue; fi
        say "installing $wanted into $name"
        python3 -m venv "$venv" || fail "python3 -m venv failed"
        "$venv/bin/pip" install --quiet --disable-pip-version-check "${requirements[@]}" ||
            fail "pip could not install $wanted into $name"
        printf '%s\n' "$wanted" >"$venv/.installed"
    done
fi

# --- nginx for the tests -------------------------------------------------------------------------------------------------
# Unpacked, not installed: the package would start a web server on this machine.
if [ "$tests" = yes ] && [ ! -x "$here/.nginx/usr/sbin/nginx" ]; then
    command -v apt-get >/dev/null 2>&1 || fail "the tests need nginx in .nginx/usr/sbin, and there is no apt-get to fetch it with"
    say "unpacking nginx into .nginx"
    work=$(mktemp -d)
    chmod 755 "$work"
    if ! (cd "$work" && apt-get download -qq nginx >/dev/null 2>&1); then
        as_root apt-get update -qq || fail "apt-get update failed: check the network, then run this again"
        (cd "$work" && apt-get download -qq nginx >/dev/null) || fail "apt-get could not download nginx"
    fi
    dpkg -x "$work"/nginx_*.deb "$here/.nginx" || fail "the nginx package could not be unpacked"
    rm -rf "$work"
fi

say "ready (quickjs-ng $quickjs_version in $prefix)"

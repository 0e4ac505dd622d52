# syntax=docker/dockerfile:1

# --- build: the same setup.sh as on any Debian machine ------------------------------------------------------------------
FROM swift:6.3-bookworm AS build
WORKDIR /src
COPY scripts ./scripts
RUN ./scripts/setup.sh
COPY Package.swift ./
COPY Sources ./Sources
COPY Tests ./Tests
# Swift's own libraries go into the programs.
RUN swift build -c release --static-swift-stdlib --product sandbox-guest \
 && swift build -c release --static-swift-stdlib --product bitetrack-sidecar \
 && bin="$(swift build -c release --static-swift-stdlib --show-bin-path)" \
 && install -d /out \
 && install -m 755 "$bin/bitetrack-sidecar" "$bin/sandbox-guest" /out/ \
 && cp -r "$bin"/*.resources /out/

# --- runtime: Debian slim, the few libraries ldd names, nobody's rights --------------------------------------------------
FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libcurl4 libssl3 libseccomp2 zlib1g libstdc++6 libgcc-s1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin sidecar
COPY --from=build /out/ /usr/local/lib/bitetrack-sidecar/
RUN ln -s /usr/local/lib/bitetrack-sidecar/bitetrack-sidecar /usr/local/bin/bitetrack-sidecar
COPY proxy.conf /etc/bitetrack-sidecar/proxy.conf
USER 10001
EXPOSE 3001
HEALTHCHECK --interval=30s --timeout=10s --start-period=10s --retries=3 \
    CMD ["bitetrack-sidecar", "health", "--config", "/etc/bitetrack-sidecar/proxy.conf"]
ENTRYPOINT ["bitetrack-sidecar"]
CMD ["serve", "--config", "/etc/bitetrack-sidecar/proxy.conf"]

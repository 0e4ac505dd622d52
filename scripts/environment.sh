# Sourced by the other scripts.
# Lets SwiftPM find a QuickJS that setup.sh put into this folder.
if [ -d "${QUICKJS_PREFIX:-$here/.quickjs}/lib/pkgconfig" ]; then
    export PKG_CONFIG_PATH="${QUICKJS_PREFIX:-$here/.quickjs}/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
fi
# How a release is built: with Swift's own libraries inside the programs, which start and run faster so.
release=(-c release --static-swift-stdlib)

# Sourced by the other scripts: lets SwiftPM find a QuickJS that setup.sh put into this folder.
if [ -d "${QUICKJS_PREFIX:-$here/.quickjs}/lib/pkgconfig" ]; then
    export PKG_CONFIG_PATH="${QUICKJS_PREFIX:-$here/.quickjs}/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
fi

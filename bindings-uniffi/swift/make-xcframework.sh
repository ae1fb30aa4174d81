#!/bin/sh
# Makes GentaskFFI.xcframework for macOS and iOS, which Package.swift takes the library from where it is there.
#
# NOT RUN YET: it was written without a Mac. It needs Xcode, rustup with the five targets below, and `cargo xtask swift --build` before it, which
# generates the header.
set -eu
cd "$(dirname "$0")"
workspace=$(cd ../.. && pwd)
target=${CARGO_TARGET_DIR:-$workspace/target}
library=libgentask_uniffi.a
headers=$target/swift/xcframework/headers
made=$target/swift/xcframework

rm -rf "$made" GentaskFFI.xcframework
mkdir -p "$headers" "$made/macos" "$made/simulator"
cp Sources/GentaskFFI/GentaskFFI.h "$headers/"
cat > "$headers/module.modulemap" <<'MAP'
module GentaskFFI {
    header "GentaskFFI.h"
    export *
}
MAP

for platform in aarch64-apple-darwin x86_64-apple-darwin aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios; do
    cargo build --manifest-path "$workspace/Cargo.toml" --package gentask-uniffi --release --target "$platform"
done
lipo -create "$target/aarch64-apple-darwin/release/$library" "$target/x86_64-apple-darwin/release/$library" -output "$made/macos/$library"
lipo -create "$target/aarch64-apple-ios-sim/release/$library" "$target/x86_64-apple-ios/release/$library" -output "$made/simulator/$library"

xcodebuild -create-xcframework \
    -library "$made/macos/$library" -headers "$headers" \
    -library "$target/aarch64-apple-ios/release/$library" -headers "$headers" \
    -library "$made/simulator/$library" -headers "$headers" \
    -output GentaskFFI.xcframework

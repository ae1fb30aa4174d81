// swift-tools-version: 6.0

// The Swift package of gentask. `cargo xtask swift --build` makes what is not in the repository: the native library in `lib`, its header, and
// the sources in `Sources/GentaskGenerated`. Where `GentaskFFI.xcframework` is there (`make-xcframework.sh`), library and header are taken from it.

import Foundation
import PackageDescription

let framework = "GentaskFFI.xcframework"
let hasFramework = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")

let native: Target = hasFramework
    ? .binaryTarget(name: "GentaskFFI", path: framework)
    : .systemLibrary(name: "GentaskFFI")
let library: [LinkerSetting] = hasFramework ? [] : [.unsafeFlags(["-L\(Context.packageDirectory)/lib"])]

let package = Package(
    name: "gentask",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [
        .library(name: "Gentask", targets: ["Gentask"]),
        .executable(name: "gentask-example", targets: ["GentaskExample"]),
    ],
    targets: [
        native,
        // Generated for Swift 5.
        .target(name: "GentaskGenerated", dependencies: ["GentaskFFI"], swiftSettings: [.swiftLanguageMode(.v5)], linkerSettings: library),
        .target(name: "Gentask", dependencies: ["GentaskGenerated"]),
        .executableTarget(name: "GentaskExample", dependencies: ["Gentask"]),
        .target(name: "GentaskRoutes", dependencies: ["Gentask"]),
        .testTarget(name: "GentaskTests", dependencies: ["Gentask", "GentaskExample", "GentaskGenerated", "GentaskRoutes"]),
    ],
    swiftLanguageModes: [.v6]
)

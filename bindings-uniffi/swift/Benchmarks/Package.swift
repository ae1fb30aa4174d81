// swift-tools-version: 6.0

// The package's side of `cargo xtask bench-swift`.

import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "gentask", path: "..")],
    targets: [.executableTarget(name: "Side", dependencies: [.product(name: "Gentask", package: "gentask")])],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

/// Settings that every Swift target of the house shares.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
]

// Nothing calls jemalloc by name: linked, it is what `malloc` is. Sanitizers bring an allocator of their own.
let allocator: [Target.Dependency] = Context.environment["SHORTLIST_ALLOCATOR"] == "libc" ? [] : ["CJemalloc"]

let package = Package(
    name: "shortlist",
    products: [
        .executable(name: "shortlist", targets: ["GraphQLServer"]),
        .executable(name: "shortlist-reader", targets: ["ResumeReader"]),
        .executable(name: "graphql-probe", targets: ["GraphQLProbe"]),
        .library(name: "GraphQL", targets: ["GraphQL"]),
        .library(name: "Pipeline", targets: ["Pipeline"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    ],
    targets: [
        .executableTarget(
            name: "GraphQLServer",
            dependencies: [
                "CCrypt", "CCurl", "CHTTP", "COpenSSL", "CZlib", "Fetch", "GraphQL", "MongoStore", "Pipeline",
                "Schema", "Transfer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + allocator,
            // A link to the folder at the project's root: a copied program still has its pages.
            resources: [.embedInCode("Explorer/web")],
            swiftSettings: house
        ),
        .target(name: "GraphQL", swiftSettings: house),
        .target(
            name: "Pipeline",
            dependencies: [
                "CLibXML2", "CLibZip", "CMiniLM", "COpenSSL", "CSandbox",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Fetch"],
            swiftSettings: house
        ),
        // A stage by itself, so that what reads files is not linked to libcurl.
        .target(
            name: "Fetch",
            dependencies: ["Pipeline", "Transfer"],
            path: "Sources/Pipeline/Fetch",
            swiftSettings: house
        ),
        .executableTarget(name: "ResumeReader", dependencies: ["Pipeline"], swiftSettings: house),
        .target(
            name: "Schema",
            dependencies: ["GraphQL", "Pipeline"],
            // Links to files at the project's root and under Data: what is served is what stands there.
            resources: [.embedInCode("schema.graphql"), .embedInCode("Accounts/common-passwords.txt")],
            swiftSettings: house
        ),
        .target(name: "Transfer", dependencies: ["CCurl"], swiftSettings: house),
        .target(
            name: "MongoStore",
            dependencies: ["CMongo", "Fetch", "GraphQL", "Pipeline", "Schema"],
            swiftSettings: house
        ),
        .systemLibrary(
            name: "CCrypt",
            path: "CLibraries/CCrypt",
            pkgConfig: "libcrypt",
            providers: [.apt(["libcrypt-dev"])]
        ),
        .systemLibrary(
            name: "CCurl",
            path: "CLibraries/CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(
            name: "CJemalloc",
            path: "CLibraries/CJemalloc",
            pkgConfig: "jemalloc",
            providers: [.apt(["libjemalloc-dev"])]
        ),
        .systemLibrary(
            name: "CLibXML2",
            path: "CLibraries/CLibXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]
        ),
        .systemLibrary(
            name: "CLibZip",
            path: "CLibraries/CLibZip",
            pkgConfig: "libzip",
            providers: [.apt(["libzip-dev"])]
        ),
        .systemLibrary(
            name: "CMicroHTTPD",
            path: "CLibraries/CMicroHTTPD",
            pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"])]
        ),
        .systemLibrary(
            name: "CMongoC",
            path: "CLibraries/CMongoC",
            pkgConfig: "libmongoc-1.0",
            providers: [.apt(["libmongoc-dev"])]
        ),
        .systemLibrary(
            name: "COpenSSL",
            path: "CLibraries/COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CZlib",
            path: "CLibraries/CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        // -O3 also in debug builds: the kernel is 30 times slower without, and tests would crawl.
        .target(
            name: "CMiniLM",
            path: "CLibraries/CMiniLM",
            cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off"])],
            linkerSettings: [.linkedLibrary("m")]
        ),
        .target(name: "CHTTP", dependencies: ["CMicroHTTPD"], path: "CLibraries/CHTTP"),
        .target(name: "CMongo", dependencies: ["CMongoC"], path: "CLibraries/CMongo"),
        .target(name: "CSandbox", path: "CLibraries/CSandbox"),
        .executableTarget(
            name: "GraphQLBench",
            dependencies: ["GraphQL"],
            path: "Benchmarks/graphql/GraphQLBench",
            swiftSettings: house
        ),
        .executableTarget(
            name: "CompletionBench",
            dependencies: ["MongoStore", "Pipeline", "Schema"],
            path: "Benchmarks/server/CompletionBench",
            swiftSettings: house
        ),
        // Answers for the engine in Scripts/differential; the tests share its schema over JSON data.
        .executableTarget(
            name: "GraphQLProbe",
            dependencies: ["GraphQL"],
            path: "Tests/GraphQLProbe",
            swiftSettings: house
        ),
        .testTarget(
            name: "GraphQLTests",
            dependencies: ["GraphQL", "GraphQLProbe"],
            exclude: ["Conformance/Examples"],
            swiftSettings: house
        ),
        .testTarget(
            name: "GraphQLServerTests",
            dependencies: [
                "CZlib", "GraphQL", "GraphQLServer", "Schema", "Transfer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "MongoStoreTests",
            dependencies: ["GraphQL", "MongoStore", "Pipeline", "Schema"],
            swiftSettings: house
        ),
        .testTarget(
            name: "PipelineTests",
            dependencies: ["CSandbox", "Fetch", "Pipeline", "Transfer"],
            swiftSettings: house
        ),
        .testTarget(name: "SchemaTests", dependencies: ["GraphQL", "Pipeline", "Schema"], swiftSettings: house),
        .testTarget(name: "TransferTests", dependencies: ["Transfer"], swiftSettings: house),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: ["GraphQL", "GraphQLServer", "MongoStore", "Schema"],
            path: "Tests/Acceptance",
            exclude: ["Accounts/smtp-sink.py", "Files/stand-in.py", "Hostile/make.py"],
            swiftSettings: house
        ),
    ]
)

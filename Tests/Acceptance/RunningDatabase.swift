import Foundation
import MongoStore
import Testing

/// A MongoDB of a test's own, which it may kill.
final class RunningDatabase {
    let uri: String
    private let port: Int
    private let folder: URL
    private let isReplicaSet: Bool
    private let canFail: Bool
    private var process: Process

    /// - Parameters:
    ///   - isReplicaSet: Or else a server alone.
    ///   - canFail: Whether it takes ``failFinds(in:_:)``.
    /// - Returns: One that takes writes.
    /// - Throws: Where it cannot be started.
    static func start(isReplicaSet: Bool = true, canFail: Bool = false) async throws -> RunningDatabase {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shortlist-db-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let port = try await Self.freePort()
        return RunningDatabase(
            port,
            folder,
            try await launch(port, folder, isReplicaSet, canFail),
            isReplicaSet,
            canFail
        )
    }

    private init(_ port: Int, _ folder: URL, _ process: Process, _ isReplicaSet: Bool, _ canFail: Bool) {
        self.port = port
        self.folder = folder
        self.process = process
        self.isReplicaSet = isReplicaSet
        self.canFail = canFail
        let set = isReplicaSet ? "replicaSet=shortlist&" : ""
        uri = "mongodb://127.0.0.1:\(port)/shortlist?\(set)serverSelectionTimeoutMS=5000"
    }

    func killAndRestart() async throws {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        process = try await Self.launch(port, folder, isReplicaSet, canFail)
    }

    /// Whether every find in a collection fails from now on, as where it takes too long.
    func failFinds(in collection: String, _ fails: Bool) async throws {
        let workers = try MongoWorkers(uri: uri.replacing("/shortlist?", with: "/admin?"), threads: 1)
        do {
            _ = try await workers.withClient { client in
                try client.read([
                    "configureFailPoint": "failCommand",
                    "mode": .string(fails ? "alwaysOn" : "off"),
                    "data": [
                        "failCommands": ["find"], "namespace": .string("shortlist.\(collection)"), "errorCode": 50,
                    ],
                ])
            }
            await workers.shutDown()
        } catch {
            await workers.shutDown()
            throw error
        }
    }

    /// Stands still until it is told to go on; connections stay open, and nobody answers.
    func freeze() { kill(process.processIdentifier, SIGSTOP) }

    func goOn() { kill(process.processIdentifier, SIGCONT) }

    func stop() {
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: folder)
    }

    deinit { stop() }

    static func freePort() async throws -> Int {
        let outcome = try await Program.run(
            "/usr/bin/env",
            [
                "python3", "-c",
                "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])",
            ]
        )
        return try #require(Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Starts it, and waits until it takes writes.
    private static func launch(
        _ port: Int,
        _ folder: URL,
        _ isReplicaSet: Bool,
        _ canFail: Bool
    ) async throws -> Process {
        let process = Process()
        let installed = Program.package.appendingPathComponent(".local/mongodb/mongod").path
        let isInstalled = FileManager.default.isExecutableFile(atPath: installed)
        process.executableURL = URL(fileURLWithPath: isInstalled ? installed : "/usr/bin/env")
        process.arguments =
            (isInstalled ? [] : ["mongod"]) + [
                "--dbpath", folder.path, "--bind_ip", "127.0.0.1", "--port", "\(port)", "--quiet",
                "--setParameter", "transactionLifetimeLimitSeconds=5",
                "--setParameter", "diagnosticDataCollectionEnabled=false", "--wiredTigerCacheSizeGB", "0.25",
            ] + (isReplicaSet ? ["--replSet", "shortlist"] : [])
            + (canFail ? ["--setParameter", "enableTestCommands=1"] : [])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.start()
        // Whoever connects waits for a server alone.
        guard isReplicaSet else { return process }
        let script = Program.package.appendingPathComponent("Scripts/initiate-replica-set").path
        let outcome = try await Program.run("/usr/bin/env", ["python3", script, "\(port)"])
        #expect(outcome.status == 0, "\(outcome.complaint)")
        return process
    }
}

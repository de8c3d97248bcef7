internal import Foundation
internal import MongoStore
internal import Pipeline

/// A `mongod` of our own: a replica set of one member with its data under `.local/db`, on a loopback port.
///
/// A second command uses the one that the first has started, and the last of them to end stops it. Each holds a lock while it
/// uses the server, which its death ends too: where one was killed, the next to end stops what was left behind. Where the server
/// itself dies, whoever notices first starts it again on the same port.
struct EmbeddedMongo: Sendable {
    /// How to connect.
    let uri: String
    private let files: Files
    /// Shared by all that use the server.
    private let use: FileLock
    /// Starts the server again where it died.
    private let watch: Task<Void, Never>

    /// Where things lie.
    private struct Files: Sendable {
        let folder: String
        var data: String { folder + "/data" }
        var log: String { folder + "/mongod.log" }
        /// Port of the server.
        var address: String { folder + "/address" }
        /// Held while a server is started or stopped.
        var change: String { folder + "/change.lock" }
        /// Held, together with others, by each that uses the server.
        var use: String { folder + "/use.lock" }

        /// What ``address`` says.
        var port: Int? {
            (try? String(contentsOfFile: address, encoding: .utf8))
                .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }

        /// Of the server that has the data open; its own lock file tells.
        var process: pid_t? {
            (try? String(contentsOfFile: data + "/mongod.lock", encoding: .utf8))
                .flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
    }

    private static let replicaSet = "shortlist"
    private static let startSeconds = 30.0
    private static let watchInterval = Duration.seconds(1)

    /// Uses the server that runs, or starts one.
    ///
    /// - Parameters:
    ///   - local: Where the program's data lie.
    ///   - log: Is told what was started.
    /// - Returns: A server that takes writes.
    /// - Throws: ``CommandFailure`` that says what is missing.
    static func start(in local: LocalFolder, log: Log) async throws -> EmbeddedMongo {
        let files = Files(folder: local.path + "/db")
        do {
            try FileManager.default.createDirectory(atPath: files.data, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: "\(files.data) cannot be made: \(error)")
        }
        let change = try FileLock(files.change)
        defer { change.close() }
        await change.lock()
        let use = try FileLock(files.use)
        guard use.share() else { throw CommandFailure(status: ExitStatus.missing, message: "\(files.use) is locked") }
        do {
            let port = try await running(in: local, files, log)
            let watch = Task { await keepRunning(port, in: local, files, log) }
            return EmbeddedMongo(uri: uri(port), files: files, use: use, watch: watch)
        } catch {
            use.close()
            throw error
        }
    }

    /// Looks now and then whether the server lives.
    private static func keepRunning(_ port: Int, in local: LocalFolder, _ files: Files, _ log: Log) async {
        while (try? await Task.sleep(for: watchInterval)) != nil {
            guard !isAlive(files), let change = try? FileLock(files.change) else { continue }
            await change.lock()
            // Another process may have been quicker; and whoever stops the server holds the lock, and cancels this first.
            if !Task.isCancelled, !isAlive(files) {
                log.write(.warning, "the embedded MongoDB died", ["port": .int(port)])
                do {
                    _ = try await running(in: local, files, log)
                } catch {
                    log.write(.error, "the embedded MongoDB does not start again", ["error": .string("\(error)")])
                }
            }
            change.close()
        }
    }

    private static func isAlive(_ files: Files) -> Bool { files.process.map(isAlive) ?? false }

    /// Whether a process is a server that runs, and not a dead one that nobody has waited for, or another program that was given
    /// its number.
    private static func isAlive(_ process: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return status.contains("(mongod") && !status.contains(") Z ")
    }

    /// The port of the server that runs already, or of a new one.
    private static func running(in local: LocalFolder, _ files: Files, _ log: Log) async throws -> Int {
        if let port = files.port, await Probe(port: port).isPrimary(patience: 0) {
            log.write(.info, "using the embedded MongoDB", ["port": .int(port)])
            return port
        }
        guard let program = program(local) else {
            throw CommandFailure(
                status: ExitStatus.missing,
                message: "there is no MongoDB: run Scripts/install-mongod, put mongod on the PATH, or set MONGODB_URI"
            )
        }
        let port = try freePort(preferred: files.port)
        let process = try launch(program, port, files)
        guard await Probe(port: port).isPrimary(patience: startSeconds) else {
            await end(process)
            throw CommandFailure(status: ExitStatus.missing, message: "MongoDB did not start: see \(files.log)")
        }
        try "\(port)\n".write(toFile: files.address, atomically: true, encoding: .utf8)
        log.write(.info, "started the embedded MongoDB", ["port": .int(port), "data": .string(files.data)])
        return port
    }

    /// Stops the server, unless someone else uses it, and waits for its end.
    func stop() async {
        watch.cancel()
        await watch.value
        defer { use.close() }
        guard let change = try? FileLock(files.change) else { return }
        defer { change.close() }
        await change.lock()
        guard use.own(), let process = files.process, Self.isAlive(process) else { return }
        await Self.end(process)
    }

    private static func end(_ process: pid_t) async {
        kill(process, SIGTERM)
        let deadline = Date().addingTimeInterval(20)
        while isAlive(process), Date() < deadline { try? await Task.sleep(for: .milliseconds(20)) }
    }

    private static func uri(_ port: Int) -> String {
        "mongodb://127.0.0.1:\(port)/shortlist?replicaSet=\(replicaSet)&serverSelectionTimeoutMS=5000"
    }

    /// The server on the PATH, or the one that set-up installed.
    static func program(_ local: LocalFolder) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return (path.split(separator: ":").map { "\($0)/mongod" } + [local.path + "/mongodb/mongod"])
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func launch(_ program: String, _ port: Int, _ files: Files) throws -> pid_t {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "--dbpath", files.data, "--bind_ip", "127.0.0.1", "--port", "\(port)", "--replSet", replicaSet,
            "--logpath", files.log, "--logappend", "--quiet", "--wiredTigerCacheSizeGB", "0.5",
            // A killed client's transaction holds its locks no longer than 5 s.
            "--setParameter", "transactionLifetimeLimitSeconds=5",
            "--setParameter", "diagnosticDataCollectionEnabled=false",
            // Nobody else is there to take over: no need to wait for it.
            "--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: "\(program) does not run: \(error)")
        }
        return process.processIdentifier
    }

    /// A loopback port that nobody listens on; the one of the last time where it is still free.
    private static func freePort(preferred: Int?) throws -> Int {
        for port in [preferred, 0].compactMap({ $0 }) {
            if let found = bound(port) { return found }
        }
        throw CommandFailure(status: ExitStatus.missing, message: "there is no free port for MongoDB")
    }

    private static func bound(_ port: Int) -> Int? {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return nil }
        defer { close(socket) }
        // As mongod itself does: a port whose last connections are being forgotten is free.
        var yes: Int32 = 1
        unsafe setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard unsafe bind(socket, pointer, size) == 0, unsafe getsockname(socket, pointer, &size) == 0 else {
                    return nil
                }
                return true
            } == true ? Int(UInt16(bigEndian: pointer.pointee.sin_port)) : nil
        }
    }
}

/// Asks a server on a loopback port how it is, and makes it the primary of its set.
private struct Probe {
    let port: Int

    /// Whether it takes writes; asks again and again until it does.
    ///
    /// - Parameter patience: In seconds; 0 asks once and changes nothing.
    /// - Returns: False also where nobody answers.
    func isPrimary(patience: Double) async -> Bool {
        let uri = "mongodb://127.0.0.1:\(port)/admin?directConnection=true&serverSelectionTimeoutMS=1000"
        guard let workers = try? MongoWorkers(uri: uri, threads: 1) else { return false }
        let deadline = Date().addingTimeInterval(patience)
        var answer = false
        repeat {
            answer = await look(workers, mayConfigure: patience > 0)
            if !answer, patience > 0 { try? await Task.sleep(for: .milliseconds(50)) }
        } while !answer && Date() < deadline
        await workers.shutDown()
        return answer
    }

    private func look(_ workers: MongoWorkers, mayConfigure: Bool) async -> Bool {
        let configuration: BSONValue = [
            "_id": "shortlist", "version": 1, "members": [["_id": 0, "host": .string("127.0.0.1:\(port)")]],
        ]
        let answer = try? await workers.withClient { client -> Bool in
            let hello = try client.read(["hello": 1])
            if try hello.first("isWritablePrimary")?.bool == true { return true }
            // Starting up, or about to be elected.
            guard mayConfigure, try hello.first("secondary")?.bool != true else { return false }
            if try hello.first("setName")?.string == nil {
                // These take no write concern, which every write brings along.
                do {
                    _ = try client.read(["replSetInitiate": configuration])
                } catch let error as MongoError where error.code == 23 {
                    // Initiated once under another port: the set is told its new one.
                    _ = try client.read(["replSetReconfig": configuration, "force": true])
                }
            }
            return false
        }
        return answer ?? false
    }
}

internal import Foundation
internal import MongoStore
internal import Pipeline

/// A `mongod` of our own: a replica set of one member with its data under `.local/db`, on a loopback port.
///
/// A second command uses the one that the first has started. The one that started it stops it; where that one was killed,
/// the next to come takes it over.
struct EmbeddedMongo: Sendable {
    /// How to connect.
    let uri: String
    private let files: Files
    private let isOwner: Bool

    /// Where things lie.
    private struct Files: Sendable {
        let folder: String
        var data: String { folder + "/data" }
        var log: String { folder + "/mongod.log" }
        /// Port of the server and process of its owner.
        var address: String { folder + "/address" }

        /// What ``address`` says.
        func read() -> (port: Int, owner: Int32)? {
            guard let text = try? String(contentsOfFile: address, encoding: .utf8) else { return nil }
            let numbers = text.split { $0.isWhitespace }.compactMap { Int32($0) }
            return numbers.count == 2 ? (Int(numbers[0]), numbers[1]) : nil
        }

        func write(port: Int) throws {
            try "\(port) \(getpid())\n".write(toFile: address, atomically: true, encoding: .utf8)
        }

        /// Of the server that has the data open; its own lock file tells.
        var process: pid_t? {
            (try? String(contentsOfFile: data + "/mongod.lock", encoding: .utf8))
                .flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
    }

    private static let replicaSet = "shortlist"
    private static let startSeconds = 30.0

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
        if let (port, owner) = files.read(), await Probe(port: port).isPrimary(patience: 0) {
            let isOrphan = kill(owner, 0) != 0
            if isOrphan { try files.write(port: port) }
            log.write(.info, "using the embedded MongoDB", ["port": .int(port), "takenOver": .bool(isOrphan)])
            return EmbeddedMongo(uri: uri(port), files: files, isOwner: isOrphan)
        }
        guard let program = program(local) else {
            throw CommandFailure(
                status: ExitStatus.missing,
                message: "there is no MongoDB: run Scripts/install-mongod, put mongod on the PATH, or set MONGODB_URI"
            )
        }
        let port = try freePort(preferred: files.read()?.port)
        try launch(program, port, files)
        try files.write(port: port)
        let server = EmbeddedMongo(uri: uri(port), files: files, isOwner: true)
        guard await Probe(port: port).isPrimary(patience: startSeconds) else {
            await server.stop()
            throw CommandFailure(status: ExitStatus.missing, message: "MongoDB did not start: see \(files.log)")
        }
        log.write(.info, "started the embedded MongoDB", ["port": .int(port), "data": .string(files.data)])
        return server
    }

    /// Stops the server, where it is this process's own, and waits for its end.
    func stop() async {
        guard isOwner, let process = files.process else { return }
        kill(process, SIGTERM)
        let deadline = Date().addingTimeInterval(20)
        while kill(process, 0) == 0, Date() < deadline { try? await Task.sleep(for: .milliseconds(20)) }
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

    private static func launch(_ program: String, _ port: Int, _ files: Files) throws {
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

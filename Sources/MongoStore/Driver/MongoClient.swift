internal import CMongo
internal import Foundation
internal import Schema

/// A connection to MongoDB, lent to one closure on one thread.
///
/// Every call blocks until the server answered or the driver gave up.
@safe public struct MongoClient: ~Copyable {
    /// Owned by the ``MongoWorkers`` thread that lends this value.
    private let handle: OpaquePointer
    /// The database that the connection string named.
    public let database: String
    /// Of what this client changes.
    private let notes: ChangeNotes

    init(lending handle: OpaquePointer, database: String, notes: ChangeNotes) {
        unsafe self.handle = handle
        self.database = database
        self.notes = notes
    }

    /// Says that a job or batch was changed: those who wait for it are woken, inside a transaction once that is committed.
    func note(_ topic: ChangeTopic) { notes.add(topic) }

    /// Runs a command that changes nothing.
    ///
    /// - Parameter command: Such as `["count": "jobs"]`; its first field is the command's name.
    /// - Returns: The server's reply.
    /// - Throws: ``MongoError``.
    public func read(_ command: BSONDocument) throws(MongoError) -> BSONDocument {
        try run(command, writes: false)
    }

    /// Runs a command that changes something; the driver repeats it once where MongoDB allows that.
    ///
    /// A write that was refused for one of its documents (`writeErrors`) throws the first of these errors.
    ///
    /// - Parameters:
    ///   - command: Such as `["update": "jobs", "updates": […]]`.
    ///   - isDurable: False for what may be lost with a server, and so need not wait for the others and the journal.
    /// - Returns: The server's reply.
    /// - Throws: ``MongoError``.
    @discardableResult
    public func write(_ command: BSONDocument, isDurable: Bool = true) throws(MongoError) -> BSONDocument {
        try run(command, writes: true, options: isDurable ? nil : ["writeConcern": ["w": 1]])
    }

    /// The documents that match `filter`.
    ///
    /// - Parameters:
    ///   - collection: Its name.
    ///   - filter: As in the shell.
    ///   - options: `projection`, `sort`, `limit`, `maxTimeMS` and so on.
    ///   - isCommitted: Whether only what no failure takes back is seen, outside transactions: whoever is shown a state
    ///     must not see an older one later. What was written through these connections is, since every write waits for that.
    ///   - body: Is given each document, whose bytes are its own; returns whether it wants more.
    /// - Throws: ``MongoError``, or what `body` throws.
    public func find(
        _ collection: String,
        _ filter: BSONDocument,
        _ options: BSONDocument = [:],
        isCommitted: Bool = false,
        _ body: (BSONDocument) throws -> Bool
    ) throws {
        try unsafe eachDocument(collection, filter, options, isCommitted: isCommitted) { bytes in
            // Lent by the driver until the next call: copied once, here.
            try unsafe body(try BSONDocument(Array(bytes)))
        }
    }

    /// The rows that match `filter`, up to the limit of `options`: each is made of a document where the driver has it.
    ///
    /// - Parameters:
    ///   - collection: Where they lie.
    ///   - filter: As `find` takes it.
    ///   - options: As `find` takes them.
    ///   - capacity: How many rows to make room for.
    ///   - isCommitted: Whether only what a majority has is read, outside of transactions.
    ///   - decode: Must not keep the field that it is lent.
    /// - Returns: In the order of the server.
    /// - Throws: ``MongoError``; what `decode` throws.
    func find<Row>(
        _ collection: String,
        _ filter: BSONDocument,
        _ options: BSONDocument,
        capacity: Int = 0,
        isCommitted: Bool = false,
        decode: (BSONField) throws -> Row
    ) throws -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(capacity)
        try unsafe eachDocument(collection, filter, options, isCommitted: isCommitted) { bytes in
            rows.append(unsafe try decode(BSONField.root(bytes)))
            return true
        }
        return rows
    }

    private func eachDocument(
        _ collection: String,
        _ filter: BSONDocument,
        _ options: BSONDocument,
        isCommitted: Bool,
        _ body: (UnsafeRawBufferPointer) throws -> Bool
    ) throws {
        let cursor: OpaquePointer? = unsafe filter.bytes.withUnsafeBufferPointer { filter in
            unsafe options.bytes.withUnsafeBufferPointer { options in
                unsafe mongo_find(
                    handle,
                    database,
                    collection,
                    filter.baseAddress,
                    filter.count,
                    options.baseAddress,
                    options.count,
                    isCommitted
                )
            }
        }
        guard let cursor = unsafe cursor else { throw MongoError(code: 1, message: "the query is no BSON document") }
        defer { unsafe mongo_cursor_destroy(cursor) }
        var failure = mongo_failure()
        var data: UnsafePointer<UInt8>?
        var count = 0
        while unsafe mongo_cursor_next(cursor, &data, &count, &failure) {
            guard unsafe try body(UnsafeRawBufferPointer(start: data, count: count)) else { return }
        }
        if failure.code != 0 { throw MongoError(failure) }
    }

    /// The documents that match `filter`, up to the limit of `options`.
    ///
    /// - Throws: ``MongoError``.
    public func find(
        _ collection: String,
        _ filter: BSONDocument,
        _ options: BSONDocument = [:],
        isCommitted: Bool = false
    ) throws -> [BSONDocument] {
        var documents: [BSONDocument] = []
        try find(collection, filter, options, isCommitted: isCommitted) {
            documents.append($0)
            return true
        }
        return documents
    }

    /// Does `body` in one transaction, again from the start where the server asks for that.
    ///
    /// Whatever `body` throws aborts the transaction.
    ///
    /// - Parameters:
    ///   - patience: In seconds; later no further attempt is begun. Between attempts it waits, ever longer, and not as long as
    ///     others do, so that two who change the same document do not meet again.
    ///   - isOptional: Whether a MongoDB without transactions, one that is no replica set, runs `body` just so.
    ///   - body: Only reads and writes through this client; it may run more than once.
    /// - Returns: What the run that was committed returned.
    /// - Throws: ``MongoError``, or what `body` throws.
    func transaction<Result>(
        patience: TimeInterval = 10,
        isOptional: Bool = false,
        _ body: (borrowing MongoClient) throws -> Result
    ) throws -> Result {
        var attempt = 1
        let deadline = Date(timeIntervalSinceNow: patience)
        var isPossible = true
        while true {
            do {
                return try isPossible ? transactOnce(body) : body(self)
            } catch let error as MongoError where error.hasNoTransactions && isOptional && isPossible {
                isPossible = false
            } catch let error as MongoError where error.isTransient && Date() < deadline {
                Thread.sleep(forTimeInterval: min(0.1, 0.001 * Double(attempt * attempt)) * .random(in: 0.5...1.5))
                attempt += 1
            }
        }
    }

    private func transactOnce<Result>(_ body: (borrowing MongoClient) throws -> Result) throws -> Result {
        var failure = mongo_failure()
        guard unsafe mongo_transaction_begin(handle, &failure) else { throw MongoError(failure) }
        notes.hold()
        let result: Result
        do {
            result = try body(self)
        } catch {
            unsafe mongo_transaction_abort(handle)
            notes.drop()
            throw error
        }
        let isCommitted = unsafe mongo_transaction_commit(handle, &failure)
        // Also where nobody knows the outcome: to be woken for nothing does no harm.
        notes.tellHeld()
        guard isCommitted else { throw MongoError(failure) }
        return result
    }

    /// Follows the changes of the database's collections.
    ///
    /// - Parameters:
    ///   - pipeline: Stages that events pass; they leave `_id` as it is.
    ///   - options: Such as `resumeAfter` and `maxAwaitTimeMS`.
    ///   - body: Is given each event, or nil where none came for a while and once at the start; and where a new stream would go
    ///     on. Returns whether it wants more.
    /// - Throws: ``MongoError`` where the stream does not open, or broke.
    func followChanges(
        _ pipeline: [BSONValue],
        _ options: BSONDocument,
        _ body: (_ event: BSONDocument?, _ token: BSONDocument?) throws -> Bool
    ) throws {
        var failure = mongo_failure()
        let stages: BSONDocument = ["pipeline": .array(pipeline)]
        let opened: OpaquePointer? = unsafe stages.bytes.withUnsafeBufferPointer { stages in
            unsafe options.bytes.withUnsafeBufferPointer { options in
                unsafe mongo_watch_open(
                    handle,
                    database,
                    stages.baseAddress,
                    stages.count,
                    options.baseAddress,
                    options.count,
                    &failure
                )
            }
        }
        guard let watch = unsafe opened else { throw MongoError(failure) }
        defer { unsafe mongo_watch_destroy(watch) }
        var data: UnsafePointer<UInt8>?
        var count = 0
        var event: BSONDocument?
        repeat {
            // Lent by the driver until the next call: copied once, here.
            let token =
                unsafe mongo_watch_token(watch, &data, &count)
                ? try BSONDocument(Array(UnsafeBufferPointer(start: data, count: count))) : nil
            guard try body(event, token) else { return }
            event =
                unsafe mongo_watch_next(watch, &data, &count, &failure)
                ? try BSONDocument(Array(UnsafeBufferPointer(start: data, count: count))) : nil
        } while failure.code == 0
        throw MongoError(failure)
    }

    private func run(
        _ command: BSONDocument,
        writes: Bool,
        options: BSONDocument? = nil
    ) throws(MongoError) -> BSONDocument {
        var failure = mongo_failure()
        var reply = unsafe mongo_bytes()
        defer { unsafe mongo_bytes_free(reply) }
        let done = unsafe command.bytes.withUnsafeBufferPointer { command in
            unsafe (options?.bytes ?? []).withUnsafeBufferPointer { options in
                unsafe mongo_run(
                    handle,
                    database,
                    command.baseAddress,
                    command.count,
                    options.isEmpty ? nil : options.baseAddress,
                    options.count,
                    writes,
                    &reply,
                    &failure
                )
            }
        }
        guard done else { throw MongoError(failure) }
        let bytes = unsafe Array(UnsafeBufferPointer(start: reply.data, count: reply.count))
        let document: BSONDocument
        do {
            document = try BSONDocument(bytes)
            if writes, let error = try Self.firstWriteError(of: document) { throw error }
        } catch let error as MongoError {
            throw error
        } catch {
            throw MongoError(code: 1, message: "the reply is damaged: \(error)")
        }
        return document
    }

    private static func firstWriteError(of reply: BSONDocument) throws -> MongoError? {
        guard let errors = try reply.first("writeErrors")?.document() else { return nil }
        var elements = errors.makeElements()
        guard let first = try elements.next()?.document() else { return nil }
        let code = UInt32(clamping: try first.first("code")?.int ?? 1)
        return MongoError(domain: 17, code: code, message: try first.first("errmsg")?.string ?? "a write was refused")
    }
}

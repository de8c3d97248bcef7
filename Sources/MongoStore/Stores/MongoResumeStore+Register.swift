internal import Pipeline
public import Schema

extension MongoResumeStore {
    /// Two round trips and one transaction, however many files there are; again where someone else registers the same
    /// content at the same moment.
    public func register(
        _ files: [ResumeFile],
        in job: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp
    ) async throws -> (resumes: [Registration], job: StoredJob)? {
        let author = JobEventAuthor.recruiter(recruiter)
        return try await workers.withClient { client in
            while true {
                do {
                    return try Self.register(files, in: job, of: recruiter, by: author, at: now, client)
                } catch let error as MongoError where error.isDuplicateKey {
                    // The content is there by now: it is found this time.
                    continue
                } catch is FileTaken {
                    continue
                }
            }
        }
    }

    /// Somebody else registered a file between our looking and our taking it.
    private struct FileTaken: Error {}

    private static func register(
        _ files: [ResumeFile],
        in job: ObjectID,
        of recruiter: ObjectID,
        by author: JobEventAuthor,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> (resumes: [Registration], job: StoredJob)? {
        var known: [FileMark: StoredResume] = [:]
        for resume in try alike(files, in: job, of: recruiter, client) {
            for mark in resume.file.marks where known[mark] == nil { known[mark] = resume }
        }
        let free = try freeFiles(files.compactMap(\.storeID), client)
        var fresh: [StoredResume] = []
        var registrations: [Registration] = []
        for (place, file) in files.enumerated() {
            if let existing = file.sought.lazy.compactMap({ known[$0] }).first {
                registrations.append(.duplicate(existing))
            } else if file.storeID.map(free.contains) ?? (file.url != nil) {
                // Later within a request means later in every order by time.
                let time = Timestamp(milliseconds: now.milliseconds + Int64(place))
                let resume = StoredResume(
                    id: ObjectID(at: now),
                    recruiterID: recruiter,
                    jobID: job,
                    file: file,
                    createdAt: time
                )
                fresh.append(resume)
                for mark in file.marks { known[mark] = resume }
                registrations.append(.registered(resume))
            } else {
                registrations.append(.unavailable)
            }
        }
        let added = fresh
        let current = try client.transaction { client -> StoredJob? in
            var change = CounterChange()
            var added = added
            for resume in added { change.add(.from(nil, to: ResumeStanding(resume))) }
            let current = try Ledger.add(
                change,
                to: job,
                of: recruiter,
                at: now,
                isWhole: true,
                events: added.isEmpty ? [] : [.registered(added, by: author)],
                client
            )
            guard let current else { return nil }
            guard !added.isEmpty else { return current }
            for place in added.indices { added[place].lastUpdatedAt = current.lastUpdatedAt }
            try client.write(
                BSONWriter.document(capacity: 600 * added.count) { writer in
                    writer.append("insert", .string(Collections.resumes.name))
                    writer.appendArray("documents", added.map(ResumeDocument.encode(registered:)))
                }
            )
            let updates = added.compactMap { resume in resume.file.storeID.map { hold($0, by: resume.id) } }
            guard !updates.isEmpty else { return current }
            let reply = try client.write(["update": .string(Collections.files.name), "updates": .array(updates)])
            guard try reply.int("n") == updates.count else { throw FileTaken() }
            return current
        }
        return current.map { (registrations, $0) }
    }

    /// The resumes of a job that have the content or the URL of one of the files.
    private static func alike(
        _ files: [ResumeFile],
        in job: ObjectID,
        of recruiter: ObjectID,
        _ client: borrowing MongoClient
    ) throws -> [StoredResume] {
        let contents = files.compactMap { $0.sha256 ?? $0.claimedSHA256 }
        // The first that is found counts: what was seen before what is only said.
        return try find(files.compactMap(\.url), "file.url", in: job, of: recruiter, client)
            + find(contents, "file.sha256", in: job, of: recruiter, client)
            + find(files.compactMap(\.claimedSHA256), "file.claimedSha256", in: job, of: recruiter, client)
    }

    private static func freeFiles(_ ids: [ObjectID], _ client: borrowing MongoClient) throws -> Set<ObjectID> {
        guard !ids.isEmpty else { return [] }
        return Set(
            try client.find(
                Collections.files.name,
                [
                    "_id": ["$in": .array(ids.map(BSONValue.objectID))], "metadata.whole": true,
                    "metadata.resumeId": ["$exists": false],
                ],
                ["projection": ["_id": 1], "maxTimeMS": 10_000]
            ).map { try $0.objectID("_id") }
        )
    }

    /// From now on the file lasts as long as the resume.
    private static func hold(_ file: ObjectID, by resume: ObjectID) -> BSONValue {
        [
            "q": ["_id": .objectID(file), "metadata.whole": true, "metadata.resumeId": ["$exists": false]],
            "u": ["$set": ["metadata.resumeId": .objectID(resume)], "$unset": ["metadata.expiresAt": ""]],
        ]
    }
}

/// By what a job tells that it has a file already.
private enum FileMark: Hashable {
    case url(String)
    /// The SHA-256 of content that was seen, in lower-case hexadecimal.
    case content(String)
    /// What a client says that it is, of a file that lies elsewhere.
    case claim(String)
}

extension ResumeFile {
    /// What it is known by.
    fileprivate var marks: [FileMark] {
        [url.map(FileMark.url), sha256.map(FileMark.content), claimedSHA256.map(FileMark.claim)].compactMap { $0 }
    }

    /// What another is known by that is the same: a claim is held against what was seen, and against other claims.
    fileprivate var sought: [FileMark] { marks + [claimedSHA256.map(FileMark.content)].compactMap { $0 } }
}

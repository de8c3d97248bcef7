internal import Pipeline
public import Schema

extension MongoResumeStore {
    /// Two round trips and one transaction, however many files there are; again where someone else registers the same
    /// content at the same moment.
    public func register(
        _ files: [ResumeFile],
        in job: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp,
        parts: ResumeParts = []
    ) async throws -> (resumes: [Registration], job: StoredJob)? {
        let author = JobEventAuthor.recruiter(recruiter)
        return try await workers.withClient { client in
            while true {
                do {
                    return try Self.register(files, in: job, of: recruiter, by: author, at: now, parts: parts, client)
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
        parts: ResumeParts,
        _ client: borrowing MongoClient
    ) throws -> (resumes: [Registration], job: StoredJob)? {
        var known: [FileMark: StoredResume] = [:]
        for resume in try find(Array(Set(files.flatMap(\.sought))), in: job, of: recruiter, parts: parts, client) {
            for mark in resume.file.marks { known[mark] = resume }
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
        let current = try client.transaction { client -> StoredJob? in
            var change = CounterChange()
            for resume in fresh { change.add(.from(nil, to: ResumeStanding(resume))) }
            let current = try Ledger.add(
                change,
                to: job,
                of: recruiter,
                at: now,
                isWhole: true,
                events: fresh.isEmpty ? [] : [.registered(fresh, by: author)],
                client
            )
            guard let current else { return nil }
            guard !fresh.isEmpty else { return current }
            for place in fresh.indices { fresh[place].lastUpdatedAt = current.lastUpdatedAt }
            try client.write(
                BSONWriter.document(capacity: 600 * fresh.count) { writer in
                    writer.append("insert", .string(Collections.resumes.name))
                    writer.appendArray("documents", fresh.map(ResumeDocument.encode(registered:)))
                }
            )
            let updates = fresh.compactMap { resume in resume.file.storeID.map { hold($0, by: resume.id) } }
            guard !updates.isEmpty else { return current }
            let reply = try client.write(["update": .string(Collections.files.name), "updates": .array(updates)])
            guard try reply.int("n") == updates.count else { throw FileTaken() }
            return current
        }
        guard let current else { return nil }
        let written = Dictionary(uniqueKeysWithValues: fresh.map { ($0.id, $0) })
        let answers = registrations.map { registration -> Registration in
            switch registration {
            case .registered(let resume): .registered(written[resume.id] ?? resume)
            case .duplicate(let resume): .duplicate(written[resume.id] ?? resume)
            case .unavailable: .unavailable
            }
        }
        return (answers, current)
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

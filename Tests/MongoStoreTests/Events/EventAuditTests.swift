import Pipeline
import Schema
import Testing

@testable import MongoStore

/// Whatever is done to a chain behind the server's back is found.
@Suite struct EventAuditTests {
    private static let now = World.start

    /// A job with a chain of six events, of several kinds.
    private static func chained(_ world: World) async throws -> StoredJob {
        let job = try await CurrentRequest.$id.withValue("r-1") { try await world.job(["Baking", "Frying"]) }
        let resume = try await world.register(2, in: job)[0]
        let decision = Decision(outcome: .hold, note: "n", decidedBy: world.anna, decidedAt: now)
        _ = try await world.resumes.decide(resume.id, of: world.anna, decision)
        _ = try await world.jobs.update(job.id, of: world.anna, at: now) { $0.content.title = "Chef" }
        _ = try await world.jobs.update(job.id, of: world.anna, at: now) { $0.status = .archived }
        _ = try await world.resumes.delete(resume.id, of: world.anna, at: now)
        return job
    }

    private static func problems(_ world: World) async throws -> [String] {
        try await EventAudit(world.workers).run().findings.map(\.description)
    }

    private static func documents(_ job: StoredJob, _ world: World) async throws -> [BSONDocument] {
        try await world.workers.withClient { client in
            try client.find("events", ["jobId": .objectID(job.id)], ["sort": ["number": 1]])
        }
    }

    /// Puts other documents in the places of these, whatever the validator says.
    private static func replace(
        _ old: [BSONDocument],
        by new: [BSONDocument],
        _ world: World
    ) async throws {
        try await world.workers.withClient { client in
            let ids = try old.map { BSONValue.objectID(try $0.objectID("_id")) }
            try client.write([
                "delete": "events", "deletes": [["q": ["_id": ["$in": .array(ids)]], "limit": 0]],
            ])
            guard !new.isEmpty else { return }
            try client.write(
                BSONWriter.document { writer in
                    writer.append("insert", "events")
                    writer.append("bypassDocumentValidation", true)
                    writer.appendArray("documents", new)
                }
            )
        }
    }

    /// A document of other values; nil leaves the field out.
    private static func document(
        _ value: BSONValue,
        _ change: (String, BSONValue) -> BSONValue? = { $1 }
    ) throws -> BSONDocument {
        guard case .document(let fields) = value else { throw World.Unexpected() }
        return BSONWriter.document { writer in
            for (key, value) in fields { if let value = change(key, value) { writer.append(key, value) } }
        }
    }

    /// A value that differs from another in one place.
    private struct Forgery {
        let what: String
        let value: BSONValue
    }

    private static func forgeries(of value: BSONValue) -> [Forgery] {
        switch value {
        case .string(let text): return [Forgery(what: "text", value: .string(text + "x"))]
        case .int32(let number): return [Forgery(what: "number", value: .int(number + 1))]
        case .date(let time): return [Forgery(what: "time", value: .date(time + 1))]
        case .null: return [Forgery(what: "null", value: .array([.string("x")]))]
        case .objectID: return [Forgery(what: "id", value: .objectID(ObjectID(at: now)))]
        case .array(let items):
            var all = [Forgery(what: "longer", value: .array(items + [items.last ?? .string("x")]))]
            if !items.isEmpty { all.append(Forgery(what: "shorter", value: .array(items.dropLast()))) }
            if items.count > 1 { all.append(Forgery(what: "turned", value: .array(items.reversed()))) }
            for place in items.indices {
                all += forgeries(of: items[place]).map { forgery in
                    var copy = items
                    copy[place] = forgery.value
                    return Forgery(what: "\(place) \(forgery.what)", value: .array(copy))
                }
            }
            return all
        case .document(let fields):
            var all: [Forgery] = []
            for place in fields.indices {
                let (key, value) = fields[place]
                var less = fields
                less.remove(at: place)
                // Null and nothing are the same.
                if value != .null { all.append(Forgery(what: "no \(key)", value: .document(less))) }
                all += forgeries(of: value).map { forgery in
                    var copy = fields
                    copy[place].value = forgery.value
                    return Forgery(what: "\(key) \(forgery.what)", value: .document(copy))
                }
            }
            return all
        default: return []
        }
    }

    @Test(.timeLimit(.minutes(3))) func `a change of any field of any event is found, and named`() async throws {
        try await World.with { world in
            let job = try await Self.chained(world)
            #expect(try await EventAudit(world.workers).run() == EventAudit.Report(chains: 1, events: 6))
            var count = 0
            for (place, event) in try await Self.documents(job, world).enumerated() {
                for forgery in Self.forgeries(of: try event.value()) {
                    let what = forgery.what
                    // A number that another has is refused by the index; without an identifier the server makes one.
                    if (what == "number number" && place < 5) || what == "no _id" { continue }
                    let document = try Self.document(forgery.value)
                    try await Self.replace([event], by: [document], world)
                    let found = try await Self.problems(world)
                    // What has no number comes before all others.
                    let places = ["event \(place + 1)", "after event \(what == "no number" ? 0 : place)"]
                    let isNamed = found.contains { problem in
                        problem.contains("\(NodeID(.job, job.id))") && places.contains(where: problem.contains)
                    }
                    #expect(isNamed, "\(what) of event \(place + 1): \(found)")
                    try await Self.replace([event, document], by: [event], world)
                    count += 1
                }
            }
            #expect(try await Self.problems(world).isEmpty && count > 150)
        }
    }

    @Test func `what is taken out, put in or swapped is found where it is`() async throws {
        try await World.with { world in
            let job = try await Self.chained(world)
            let events = try await Self.documents(job, world)
            func renumbered(_ place: Int, _ number: Int) throws -> BSONDocument {
                try Self.document(events[place].value()) { $0 == "number" ? .int(number) : $1 }
            }
            for place in events.indices {
                try await Self.replace([events[place]], by: [], world)
                let found = try await Self.problems(world)
                #expect(found.count == 1 && found[0].contains("event \(place + 1)"), "\(found)")
                try await Self.replace([], by: [events[place]], world)
            }
            // The tail, all of it, and two that changed places.
            for (old, new, text) in [
                (Array(events[3...]), [], "lacks event 4 to 6"), (events, [], "lacks event 1 to 6"),
                (Array(events[1...2]), [try renumbered(1, 3), try renumbered(2, 2)], "event 2"),
            ] as [([BSONDocument], [BSONDocument], String)] {
                try await Self.replace(old, by: new, world)
                let found = try await Self.problems(world)
                #expect(found.count == 1 && found[0].contains(text), "\(found)")
                try await Self.replace(new, by: [], world)
                try await Self.replace(old, by: old, world)
            }
            // One more at the end, made by the rules, and known to no job.
            let head = JobEventHead(number: 6, digest: try events[5].string("digest"))
            let draft = JobEventDraft.cancelled(job.id, by: JobEventAuthor(.pipeline))
            let more = EventDocument.encode(JobEvent(draft, to: job.id, of: world.anna, after: head, at: Self.now))
            try await Self.replace([], by: [more], world)
            #expect(
                try await Self.problems(world) == ["\(NodeID(.job, job.id)): has event 7, and should end with event 6"]
            )
            try await Self.replace([more], by: [], world)
            #expect(try await Self.problems(world).isEmpty)
            // Between two there is no place.
            let refused = await #expect(throws: MongoError.self) {
                let id = BSONValue.objectID(ObjectID(at: Self.now))
                let twin = try Self.document(events[5].value()) { $0 == "_id" ? id : $0 == "number" ? .int(2) : $1 }
                try await Self.replace([], by: [twin], world)
            }
            #expect(refused?.isDuplicateKey == true)
        }
    }

    @Test func `where a chain ends is told by the job`() async throws {
        try await World.with { world in
            let job = try await Self.chained(world)
            func set(_ head: BSONValue?) async throws {
                try await world.workers.withClient { client in
                    let update: BSONValue =
                        head.map { ["$set": ["eventHead": $0]] } ?? ["$unset": ["eventHead": ""]]
                    try client.write([
                        "update": "jobs", "updates": [["q": ["_id": .objectID(job.id)], "u": update]],
                    ])
                }
            }
            let digest = try await Self.documents(job, world)[5].string("digest")
            try await set(["number": 5, "digest": .string(digest)])
            #expect(try await Self.problems(world).first?.contains("event 6") == true)
            try await set(["number": 6, "digest": "0"])
            #expect(try await Self.problems(world).first?.contains("event 6") == true)
            try await set(nil)
            #expect(try await Self.problems(world).first?.contains("event 1") == true)
        }
    }

    @Test func `a job from before there were events is as it should be, and its chain begins with its next change`()
        async throws
    {
        try await World.with { world in
            let job = try await world.job()
            try await world.workers.withClient { client in
                try client.write(["delete": "events", "deletes": [["q": [:], "limit": 0]]])
                try client.write(["update": "jobs", "updates": [["q": [:], "u": ["$unset": ["eventHead": ""]]]]])
            }
            #expect(try await EventAudit(world.workers).run() == EventAudit.Report())
            _ = try await world.jobs.update(job.id, of: world.anna, at: Self.now) { $0.status = .archived }
            #expect(try await world.events(job).map(\.action) == [.jobStatusChanged])
            #expect(try await EventAudit(world.workers).run() == EventAudit.Report(chains: 1, events: 1))
        }
    }

    @Test func `the chain of a deleted job stays, without its words, and its end is known`() async throws {
        try await World.with { world in
            let job = try await Self.chained(world)
            #expect(try await world.jobs.delete(job.id, of: world.anna, at: Self.now))
            let events = try await world.events(job)
            #expect(events.count == 7 && events.last?.action == .jobDeleted)
            for event in events { #expect((event.details == nil) == event.action.hasWords) }
            #expect(try await EventAudit(world.workers).run() == EventAudit.Report(chains: 1, events: 7))
            let documents = try await Self.documents(job, world)
            for (old, text) in [
                ([documents[6]], "lacks event 7"), (documents, "lacks event 1 to 7"), ([documents[2]], "event 3"),
            ] {
                try await Self.replace(old, by: [], world)
                let found = try await Self.problems(world)
                #expect(found.count == 1 && found[0].contains(text), "\(found)")
                try await Self.replace([], by: old, world)
            }
            // Other details than words are missed.
            let bare = try Self.document(documents[2].value()) { ["salt", "changes"].contains($0) ? nil : $1 }
            try await Self.replace([documents[2]], by: [bare], world)
            #expect(try await Self.problems(world).first?.contains("event 3") == true)
            try await Self.replace([bare], by: [documents[2]], world)
            try await world.workers.withClient { client in
                _ = try client.write(["delete": "eventHeads", "deletes": [["q": [:], "limit": 0]]])
            }
            #expect(try await Self.problems(world).count == 1)
        }
    }

    @Test func `chains that grow are no finding`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let writer = Task {
                for number in 0..<60 {
                    _ = try await world.jobs.update(job.id, of: world.anna, at: Self.now) {
                        $0.content.title = "\(number)"
                    }
                }
            }
            for _ in 0..<10 { #expect(try await Self.problems(world).isEmpty) }
            try await writer.value
            #expect(try await EventAudit(world.workers).run() == EventAudit.Report(chains: 1, events: 61))
        }
    }
}

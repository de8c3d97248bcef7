internal import Pipeline
internal import Schema

extension KeysetQuery {
    /// A part of a job's resumes.
    ///
    /// The ranked table finds rows of one status, one label or one skill by an index of their own; other filters are told
    /// from the rows that are read.
    init(_ query: ResumeQuery, of recruiter: ObjectID) {
        var prefix: [(key: String, value: BSONValue)] = [("jobId", .objectID(query.job))]
        var filter = Self.filter(query)
        var keys: (BSONValue, BSONValue) = (.minKey, .maxKey)
        if query.order == .rank {
            // One of the conditions leads the index, and need not be looked at again.
            if let skill = query.skills.first {
                prefix.append(("result.skillKeys", .string(skill)))
                if query.skills.count == 1 { filter.removeAll { $0.key == "result.skillKeys" } }
            } else if let passFail = query.passFail {
                // No other has a label; and every one has a status.
                let isPossible = query.statuses?.contains(.completed) ?? true
                prefix += [("status", isPossible ? "COMPLETED" : .null), ("passFail", .string(passFail.rawValue))]
                filter.removeAll { $0.key == "passFail" || $0.key == "status" }
            } else if let status = query.statuses?.first, query.statuses?.count == 1 {
                // Those that are completed, and no others, have a rank; and a label.
                if status == .completed {
                    keys.1 = .string(StoredResume.unranked)
                } else {
                    prefix += [("status", .string(status.rawValue)), ("passFail", .null)]
                }
                filter.removeAll { $0.key == "status" }
            }
            if let scores = query.scores {
                keys = (
                    .string(StoredResume.rankKeyPrefix(score: scores.upperBound)),
                    .string(StoredResume.rankKeyPrefix(score: scores.lowerBound) + StoredResume.unranked)
                )
                filter.removeAll { $0.key == "result.finalScore" }
            }
        }
        filter.append(("recruiterId", .objectID(recruiter)))
        self.init(
            collection: Collections.resumes,
            prefix: prefix,
            key: Self.key(query.order),
            filter: filter,
            keys: keys,
            isDescending: query.isReversed,
            isMultikey: prefix.contains { $0.key == "result.skillKeys" },
            page: query.page,
            // Cursors are made of the key.
            projection: ResumeDocument.projection(query.parts.union(Self.keyPart(query.order)))
        )
    }

    private static func key(_ order: ResumeQuery.Order) -> String {
        switch order {
        case .rank: "rankKey"
        case .createdAt: "createdAt"
        case .lastUpdatedAt: "lastUpdatedAt"
        case .name: "nameKey"
        }
    }

    private static func keyPart(_ order: ResumeQuery.Order) -> ResumeParts {
        switch order {
        case .rank: .rankKey
        case .name: .nameKey
        case .createdAt, .lastUpdatedAt: []
        }
    }

    private static func filter(_ query: ResumeQuery) -> [(key: String, value: BSONValue)] {
        var filter: [(key: String, value: BSONValue)] = []
        if let statuses = query.statuses {
            let names = statuses.map(\.rawValue).sorted()
            filter.append(("status", names.count == 1 ? .string(names[0]) : ["$in": .strings(names)]))
        }
        // Only completed ones have the field.
        if let passFail = query.passFail { filter.append(("passFail", .string(passFail.rawValue))) }
        if let scores = query.scores {
            filter.append(
                ("result.finalScore", ["$gte": .int(scores.lowerBound), "$lte": .int(scores.upperBound)])
            )
            if query.passFail == nil { filter.append(("passFail", ["$exists": true])) }
        }
        if !query.skills.isEmpty { filter.append(("result.skillKeys", ["$all": .strings(query.skills)])) }
        if let years = query.minYears { filter.append(("result.years", ["$gte": .double(years)])) }
        if let decision = query.decision {
            filter.append(("decision.outcome", .string(decision.rawValue)))
        } else if query.mustBeDecided {
            filter.append(("decision.outcome", ["$exists": true]))
        }
        if let isFlagged = query.isFlagged {
            filter.append(("result.flagged", isFlagged ? true : ["$ne": true]))
        }
        if let (isStale, revision) = query.staleness {
            filter.append(
                ("result.jobRevision", isStale ? ["$lt": .int(revision)] : ["$not": ["$lt": .int(revision)]])
            )
        }
        if let batch = query.batch { filter.append(("batchId", .objectID(batch))) }
        if !query.words.isEmpty { filter.append(("words", ["$all": .wordStarts(query.words)])) }
        return filter
    }
}

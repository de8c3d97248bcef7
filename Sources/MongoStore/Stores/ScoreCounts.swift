internal import Schema

/// How many completed resumes of a job have each score, in documents of two levels.
///
/// A rank is one more than the number of higher scores. Kept apart from the job, which dashboards read whole: one document
/// counts ranges of 500 hundredths of a point, and one for each range counts its single scores. So a rank is exact at any
/// time and costs two small reads, be there ten resumes or a million, and no rank is ever written.
enum ScoreCounts {
    private static let width = 500
    private static let ranges = 10_000 / width + 1

    private static func top(_ job: ObjectID) -> String { job.description }
    private static func range(_ job: ObjectID, _ number: Int) -> String { "\(job):\(number)" }

    /// The updates that add these counts.
    static func updates(_ counts: [Int: Int], of job: ObjectID) -> [BSONValue] {
        var increments: [String: [Int: Int]] = [:]
        for (score, count) in counts where count != 0 {
            increments[top(job), default: [:]][score / width, default: 0] += count
            increments[range(job, score / width), default: [:]][score, default: 0] += count
        }
        return increments.sorted { $0.key < $1.key }.compactMap { id, counts in
            let increments = counts.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            guard !increments.isEmpty else { return nil }
            return [
                "q": ["_id": .string(id)],
                "u": [
                    "$setOnInsert": ["jobId": .objectID(job)],
                    "$inc": .document(increments.map { (key: "counts.\($0.key)", value: .int($0.value)) }),
                ],
                "upsert": true,
            ]
        }
    }

    /// The ranks of scores: one round trip.
    static func ranks(_ places: [ScorePlace], _ client: borrowing MongoClient) throws -> [Int] {
        guard !places.isEmpty else { return [] }
        let asking = Self.asking(places)
        var ranks = [Int](repeating: 1, count: places.count)
        _ = try client.find(
            Collections.scoreCounts.name,
            ["_id": ["$in": .strings(asking.keys.sorted())]],
            ["limit": .int(asking.count), "maxTimeMS": 10_000],
            decode: { document in
                var asked: [Asking] = []
                try document.eachField { field in
                    switch field {
                    // It comes first in every document.
                    case "_id": asked = field.string.flatMap { asking[$0] } ?? []
                    case "counts":
                        try field.eachField { field in
                            guard let number = field.keyNumber, let count = field.int else { return }
                            for asking in asked where number > asking.above { ranks[asking.place] += count }
                        }
                    default: break
                    }
                }
            }
        )
        return ranks
    }

    /// Which place a document tells something about, and above which of its numbers that counts.
    private typealias Asking = (place: Int, above: Int)

    /// By the documents' identifiers.
    private static func asking(_ places: [ScorePlace]) -> [String: [Asking]] {
        var asking: [String: [Asking]] = [:]
        for (job, indices) in Dictionary(grouping: places.indices, by: { places[$0].job }) {
            asking[top(job)] = indices.map { ($0, places[$0].score / width) }
            for (number, indices) in Dictionary(grouping: indices, by: { places[$0].score / width }) {
                asking[range(job, number)] = indices.map { ($0, places[$0].score) }
            }
        }
        return asking
    }

    /// All counts of a job, by score.
    static func all(
        of job: ObjectID,
        _ client: borrowing MongoClient
    ) throws -> (scores: [Int: Int], ranges: [Int: Int]) {
        var (scores, ranges): ([Int: Int], [Int: Int]) = ([:], [:])
        try client.find(Collections.scoreCounts.name, ["jobId": .objectID(job)]) { document in
            let isTop = try document.string("_id") == top(job)
            var elements = try document.document("counts").makeElements()
            while let element = try elements.next() {
                guard let key = Int(element.key), let count = element.int, count != 0 else { continue }
                if isTop { ranges[key] = Int(count) } else { scores[key] = Int(count) }
            }
            return true
        }
        return (scores, ranges)
    }

    /// What ``all(of:_:)`` must give for these counts.
    static func ranges(of scores: [Int: Int]) -> [Int: Int] {
        scores.reduce(into: [:]) { $0[$1.key / width, default: 0] += $1.value }
    }
}

internal import Schema

/// Lets fewer indexes of `resumes` tell the same: a file by its marks, and what waits by its batch.
enum MarkMigration {
    static func make(_ client: borrowing MongoClient) throws {
        try markFiles(client)
        try claim(client)
        try client.write([
            "update": .string(Collections.resumes.name),
            "updates": [
                [
                    "q": ["rankKey": "~", "batchId": ["$exists": true]],
                    "u": [["$set": ["rankKey": ["$concat": ["~", ["$toString": "$batchId"]]]]]], "multi": true,
                ]
            ],
        ])
        try dropIndexes(client)
    }

    /// A list of a file's one mark, or of none where it has no such field.
    private static func mark(_ prefix: String, _ field: String) -> BSONValue {
        // What is missing is less than null.
        ["$cond": [["$gt": [.string(field), .null]], [["$concat": [.string(prefix), .string(field)]]], []]]
    }

    private static func markFiles(_ client: borrowing MongoClient) throws {
        try client.write([
            "update": .string(Collections.resumes.name),
            "updates": [
                [
                    "q": ["file.marks": ["$exists": false]],
                    "u": [
                        [
                            "$set": [
                                "file.marks": [
                                    "$concatArrays": [mark("url:", "$file.url"), mark("sha256:", "$file.sha256")]
                                ]
                            ]
                        ]
                    ],
                    "multi": true,
                ]
            ],
        ])
    }

    /// Marks files by what clients said of them.
    private static func claim(_ client: borrowing MongoClient) throws {
        let claiming = try client.find(
            Collections.resumes.name,
            ["file.claimedSha256": ["$exists": true]],
            ["projection": ["file.claimedSha256": 1]]
        )
        for resume in claiming {
            let id = try resume.objectID("_id")
            let sha256 = try resume.document("file").string("claimedSha256")
            do throws(MongoError) {
                try client.write([
                    "update": .string(Collections.resumes.name),
                    "updates": [
                        [
                            "q": ["_id": .objectID(id)],
                            "u": ["$addToSet": ["file.marks": .string(FileMark.claim(sha256).text)]],
                        ]
                    ],
                ])
            } catch {
                // Where two that claim the same were registered at the same moment, one of them is found by it.
                guard error.isDuplicateKey else { throw error }
            }
        }
    }

    private static func dropIndexes(_ client: borrowing MongoClient) throws {
        for index in [
            "jobId_1_status_1_rankKey_1__id_1", "jobId_1_passFail_1_rankKey_1__id_1", "jobId_1_file.sha256_1",
            "jobId_1_file.url_1", "jobId_1_file.claimedSha256_1", "task.batchId_1_status_1",
        ] {
            do throws(MongoError) {
                try client.write(["dropIndexes": .string(Collections.resumes.name), "index": .string(index)])
            } catch {
                guard error.code == indexNotFound else { throw error }
            }
        }
    }

    private static let indexNotFound: UInt32 = 27
}

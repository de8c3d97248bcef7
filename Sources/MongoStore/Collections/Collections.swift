internal import Schema

/// Every collection of the database.
enum Collections {
    static let all = [
        recruiters, jobs, resumes, texts, embeddings, scoreCounts, batches, events, eventHeads, idempotencyKeys, files,
        chunks, erasures, oneTimeCodes, sessions, outbox, rateLimits, usage, settings, migrations,
    ]

    static let recruiters = Collection(
        name: "recruiters",
        schema: Collection.object(
            [
                ("_id", "objectId"), ("email", "string"), ("emailKey", "string"), ("name", "string"),
                ("emailVerified", "bool"), ("createdAt", "date"),
            ],
            optional: [("passwordHash", "string"), ("lastLogInAt", "date")]
        ),
        indexes: [Collection.Index(keys: [("emailKey", 1)], isUnique: true)]
    )

    /// One-time codes, one document a purpose and address, whether or not there is an account; and sign-ups that wait for theirs.
    static let oneTimeCodes = Collection(
        name: "oneTimeCodes",
        schema: Collection.object(
            [
                ("_id", "string"),
                (
                    "code",
                    Collection.object([
                        ("digest", "binData"), ("sentAt", "date"), ("expiresAt", "date"), ("triesLeft", count),
                    ])
                ),
                ("forgetAt", "date"),
            ],
            optional: [
                (
                    "signUp",
                    Collection.object(
                        [("email", "string"), ("name", "string"), ("passwordHash", "string"), ("expiresAt", "date")],
                        optional: [("isContested", "bool")]
                    )
                )
            ]
        ),
        indexes: [Collection.Index(keys: [("forgetAt", 1)], expiresAfterSeconds: 0)]
    )

    /// Sessions, each a family of refresh tokens of which one counts.
    static let sessions = Collection(
        name: "sessions",
        schema: Collection.object(
            [
                ("_id", "objectId"), ("recruiterId", "objectId"), ("digest", "binData"), ("rotatedAt", "date"),
                ("createdAt", "date"), ("expiresAt", "date"),
            ],
            optional: [("previousDigest", "binData")]
        ),
        indexes: [
            Collection.Index(keys: [("recruiterId", 1)]),
            Collection.Index(keys: [("expiresAt", 1)], expiresAfterSeconds: 0),
        ]
    )

    /// Mails that wait to be sent, sealed.
    static let outbox = Collection(
        name: "outbox",
        schema: Collection.object(
            [
                ("_id", "objectId"), ("sealed", "binData"), ("attempts", count), ("availableAt", "date"),
                ("expiresAt", "date"), ("createdAt", "date"),
            ],
            optional: [("lease", "objectId")]
        ),
        indexes: [
            Collection.Index(keys: [("availableAt", 1)]),
            Collection.Index(keys: [("expiresAt", 1)], expiresAfterSeconds: 0),
        ]
    )

    /// Buckets of limits: when each will be full again.
    static let rateLimits = Collection(
        name: "rateLimits",
        schema: Collection.object([("_id", "string"), ("fullAt", "date")]),
        indexes: [Collection.Index(keys: [("fullAt", 1)], expiresAfterSeconds: 0)]
    )

    /// What recruiters used up, one document a recruiter and calendar month.
    static let usage = Collection(
        name: "usage",
        schema: Collection.object(
            [("_id", "object"), ("resumesProcessed", count)],
            optional: [("analyses", count), ("promptTokens", count), ("completionTokens", count)]
        ),
        indexes: []
    )

    static let jobs = Collection(
        name: "jobs",
        schema: Collection.object(
            [
                ("_id", "objectId"), ("recruiterId", "objectId"), ("title", "string"), ("titleKey", "string"),
                ("titleWords", "array"), ("company", ["bsonType": ["string", "null"]]),
                ("location", ["bsonType": ["string", "null"]]), ("description", "string"), ("blind", "bool"),
                ("status", ["enum": ["OPEN", "ARCHIVED"]]),
                (
                    "requirements",
                    Collection.object(
                        [("requiredSkills", "array"), ("preferredSkills", "array")],
                        optional: [
                            ("minYearsExperience", "double"), ("maxYearsExperience", "double"),
                            ("minEducation", "string"),
                        ]
                    )
                ),
                (
                    "weights",
                    Collection.object([
                        ("semantic", "double"), ("requiredSkills", "double"), ("preferredSkills", "double"),
                        ("experience", "double"), ("education", "double"),
                    ])
                ),
                ("revision", ["bsonType": ["int", "long"], "minimum": 1]),
                ("version", ["bsonType": ["int", "long"], "minimum": 1]),
                (
                    "counters",
                    Collection.object([
                        ("total", count), ("queued", count), ("completed", count), ("failed", count), ("passed", count),
                        ("rejected", count),
                        ("histogram", ["bsonType": "array", "items": count, "minItems": 10, "maxItems": 10]),
                        ("skills", "object"),
                    ])
                ),
                ("createdAt", "date"), ("lastUpdatedAt", "date"),
            ],
            optional: [
                ("retentionDays", ["bsonType": ["int", "long", "null"], "minimum": 1]), ("erasesAt", "date"),
                ("eventHead", eventHead),
            ]
        ),
        indexes: ["lastUpdatedAt", "createdAt", "titleKey"].flatMap { key in
            [
                Collection.Index(keys: [("recruiterId", 1), (key, 1), ("_id", 1)]),
                Collection.Index(keys: [("recruiterId", 1), ("status", 1), (key, 1), ("_id", 1)]),
            ]
        } + [
            // When the next of its resumes may be too old.
            Collection.Index(keys: [("erasesAt", 1)], only: ["erasesAt": ["$exists": true]])
        ]
    )

    static let resumes = Collection(
        name: "resumes",
        schema: Collection.object(
            [
                ("_id", "objectId"), ("recruiterId", "objectId"), ("jobId", "objectId"),
                (
                    "file",
                    Collection.object(
                        [("name", "string"), ("mediaType", "string"), ("byteCount", ["bsonType": ["int", "long"]])],
                        optional: [
                            ("sha256", "string"), ("storeId", "objectId"), ("url", "string"),
                            ("claimedSha256", "string"), ("marks", "array"),
                        ]
                    )
                ),
                ("status", ["enum": ["REGISTERED", "QUEUED", "PROCESSING", "COMPLETED", "FAILED"]]),
                ("attempts", count), ("rankKey", "string"), ("nameKey", "string"), ("words", "array"),
                ("createdAt", "date"), ("lastUpdatedAt", "date"),
            ],
            optional: [
                ("stage", "string"), ("failure", "object"), ("batchId", "objectId"), ("result", "object"),
                ("passFail", ["enum": ["PASSED", "FAILED"]]), ("decision", "object"), ("processedAt", "date"),
                (
                    "task",
                    Collection.object(
                        [
                            ("batchId", "objectId"), ("before", "string"), ("kind", ["enum": ["SCREEN", "RESCORE"]]),
                            ("availableAt", "date"),
                        ],
                        optional: [
                            ("lease", "objectId"), ("attempts", count), ("failure", "object"), ("stage", "string"),
                        ]
                    )
                ),
            ]
        ),
        // No more than are needed: inside a transaction MongoDB looks at each of them for each of them, for every resume.
        indexes: [
            // Orders of the table.
            Collection.Index(keys: [("jobId", 1), ("rankKey", 1), ("_id", 1)]),
            Collection.Index(keys: [("jobId", 1), ("createdAt", 1), ("_id", 1)]),
            Collection.Index(keys: [("jobId", 1), ("lastUpdatedAt", 1), ("_id", 1)]),
            Collection.Index(keys: [("jobId", 1), ("nameKey", 1), ("_id", 1)]),
            // The ranked table under the filters that are used most; and what waits in a batch, by its rank key.
            Collection.Index(keys: [("jobId", 1), ("status", 1), ("passFail", 1), ("rankKey", 1), ("_id", 1)]),
            Collection.Index(keys: [("jobId", 1), ("result.skillKeys", 1), ("rankKey", 1), ("_id", 1)]),
            // A job has a content once, and a file that lies elsewhere.
            Collection.Index(
                keys: [("jobId", 1), ("file.marks", 1)],
                isUnique: true,
                only: ["file.marks": ["$exists": true]]
            ),
            // The queue.
            Collection.Index(keys: [("task.availableAt", 1)], only: ["task.availableAt": ["$exists": true]]),
        ]
    )

    /// What extraction read, apart from the resumes, so that these stay small; the same identifiers.
    static let texts = Collection(
        name: "texts",
        schema: Collection.object([("_id", "objectId"), ("jobId", "objectId"), ("document", "binData")]),
        indexes: [Collection.Index(keys: [("jobId", 1)])]
    )

    /// Vectors of the resumes; the same identifiers.
    static let embeddings = Collection(
        name: "embeddings",
        schema: Collection.object([
            ("_id", "objectId"), ("jobId", "objectId"), ("version", "string"), ("parts", "array"),
        ]),
        indexes: [Collection.Index(keys: [("jobId", 1)])]
    )

    /// How many completed resumes of a job have each score: see ``ScoreCounts``.
    static let scoreCounts = Collection(
        name: "scoreCounts",
        schema: Collection.object([("_id", "string"), ("jobId", "objectId"), ("counts", "object")]),
        indexes: [Collection.Index(keys: [("jobId", 1)])]
    )

    static let batches = Collection(
        name: "batches",
        schema: Collection.object(
            [
                ("_id", "objectId"), ("recruiterId", "objectId"), ("jobId", "objectId"),
                ("status", ["enum": ["QUEUED", "RUNNING", "COMPLETED", "CANCELLED"]]), ("total", count),
                ("completed", count), ("failed", count), ("cancelled", count), ("target", "object"),
                ("createdAt", "date"), ("lastUpdatedAt", "date"),
            ],
            optional: [
                ("isFilling", "bool"), ("isCancelled", "bool"), ("isCancelling", "bool"), ("finishedAt", "date"),
                ("limit", count),
            ]
        ),
        indexes: [
            Collection.Index(keys: [("jobId", 1), ("createdAt", 1), ("_id", 1)]),
            // What a server left half done.
            Collection.Index(keys: [("isFilling", 1), ("lastUpdatedAt", 1)], only: ["isFilling": true]),
            Collection.Index(keys: [("isCancelling", 1), ("lastUpdatedAt", 1)], only: ["isCancelling": true]),
            // What a recruiter's quota is not charged with. Other batches may name thousands of resumes: none of them is read.
            Collection.Index(keys: [("recruiterId", 1), ("status", 1)], only: ["target.selection": "STALE"]),
        ]
    )

    /// Who did what with a job, one document a link of its chain: see ``EventChain``.
    static let events = Collection(
        name: "events",
        schema: Collection.object(
            [
                ("_id", "objectId"), ("recruiterId", "objectId"), ("jobId", "objectId"),
                ("number", ["bsonType": ["int", "long"], "minimum": 1]), ("at", "date"),
                ("actor", ["enum": .strings(JobEventAuthor.Actor.allCases.map(\.rawValue))]),
                ("action", ["enum": .strings(JobEvent.Action.allCases.map(\.rawValue))]), ("changesDigest", "string"),
                ("digest", "string"),
            ],
            optional: [
                ("actorId", "objectId"), ("target", "string"), ("requestId", "string"), ("salt", "string"),
                ("changes", "array"), ("previousDigest", "string"),
            ]
        ),
        indexes: [Collection.Index(keys: [("jobId", 1), ("number", 1)], isUnique: true)]
    )

    /// Where the chains of deleted jobs end.
    static let eventHeads = Collection(
        name: "eventHeads",
        schema: Collection.object([("_id", "objectId"), ("recruiterId", "objectId"), ("eventHead", eventHead)]),
        indexes: []
    )

    /// The last link of a chain.
    private static let eventHead = Collection.object([
        ("number", ["bsonType": ["int", "long"], "minimum": 1]), ("digest", "string"),
    ])

    /// Which batch a recruiter's key made; for 24 hours.
    static let idempotencyKeys = Collection(
        name: "idempotencyKeys",
        schema: Collection.object([
            ("_id", "object"), ("batchId", "objectId"), ("request", "string"), ("createdAt", "date"),
        ]),
        indexes: [Collection.Index(keys: [("createdAt", 1)], expiresAfterSeconds: 24 * 3600)]
    )

    /// Files of the server's own store, as GridFS has them.
    static let files = Collection(
        name: "files.files",
        schema: Collection.object([
            ("_id", "objectId"), ("length", "long"), ("chunkSize", "int"), ("uploadDate", "date"),
            ("filename", "string"), ("metadata", "object"),
        ]),
        indexes: [
            Collection.Index(keys: [("filename", 1), ("uploadDate", 1)]),
            Collection.Index(keys: [("metadata.expiresAt", 1)], only: ["metadata.expiresAt": ["$exists": true]]),
        ]
    )

    /// The contents of these files, in pieces.
    static let chunks = Collection(
        name: "files.chunks",
        schema: Collection.object([("_id", "objectId"), ("files_id", "objectId"), ("n", "int"), ("data", "binData")]),
        indexes: [Collection.Index(keys: [("files_id", 1), ("n", 1)], isUnique: true)]
    )

    /// Jobs that were deleted and of which something may be left.
    static let erasures = Collection(
        name: "erasures",
        schema: Collection.object([("_id", "objectId"), ("deletedAt", "date")]),
        indexes: [Collection.Index(keys: [("deletedAt", 1)])]
    )

    /// What servers of one database share: one document a matter, each with fields of its own.
    static let settings = Collection(
        name: "settings",
        schema: Collection.object([("_id", "string")]),
        indexes: []
    )

    /// One document for each migration that was made.
    static let migrations = Collection(
        name: "migrations",
        schema: Collection.object([("_id", "int"), ("name", "string"), ("madeAt", "date")]),
        indexes: []
    )

    /// A number of things.
    private static let count: BSONValue = ["bsonType": ["int", "long"], "minimum": 0]
}

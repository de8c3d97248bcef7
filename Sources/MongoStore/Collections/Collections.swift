/// Every collection of the database.
enum Collections {
    static let all = [recruiters, jobs, resumes, batches, settings, migrations]

    static let recruiters = Collection(
        name: "recruiters",
        schema: Collection.object([
            ("_id", "objectId"), ("email", "string"), ("emailKey", "string"), ("name", "string"),
            ("emailVerified", "bool"), ("createdAt", "date"),
        ]),
        indexes: [Collection.Index(keys: [("emailKey", 1)], isUnique: true)]
    )

    static let jobs = Collection(
        name: "jobs",
        schema: Collection.object([
            ("_id", "objectId"), ("recruiterId", "objectId"), ("title", "string"), ("titleKey", "string"),
            ("titleWords", "array"), ("company", ["bsonType": ["string", "null"]]),
            ("location", ["bsonType": ["string", "null"]]), ("description", "string"), ("blind", "bool"),
            ("status", ["enum": ["OPEN", "ARCHIVED"]]),
            (
                "requirements",
                Collection.object(
                    [("requiredSkills", "array"), ("preferredSkills", "array")],
                    optional: [
                        ("minYearsExperience", "double"), ("maxYearsExperience", "double"), ("minEducation", "string"),
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
                    ("skills", ["bsonType": "array", "items": count]),
                ])
            ),
            ("createdAt", "date"), ("lastUpdatedAt", "date"),
        ]),
        indexes: ["lastUpdatedAt", "createdAt", "titleKey"].flatMap { key in
            [
                Collection.Index(keys: [("recruiterId", 1), (key, 1), ("_id", 1)]),
                Collection.Index(keys: [("recruiterId", 1), ("status", 1), (key, 1), ("_id", 1)]),
            ]
        }
    )

    static let resumes = Collection(
        name: "resumes",
        schema: Collection.object([("_id", "objectId"), ("jobId", "objectId")]),
        indexes: [Collection.Index(keys: [("jobId", 1), ("lastUpdatedAt", 1)])]
    )

    static let batches = Collection(
        name: "batches",
        schema: Collection.object([("_id", "objectId"), ("jobId", "objectId")]),
        indexes: [Collection.Index(keys: [("jobId", 1), ("createdAt", 1)])]
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

internal import Schema

/// What the endpoint needs to keep the files of multipart requests.
struct UploadIntake: Sendable {
    let store: any FileStore
    /// Whose the files are, by the context that resolvers will find, and charges them; throws what is shown where nobody is
    /// signed in, or so many are too many.
    let admit: @Sendable (_ count: Int, _ context: any Sendable) async throws -> ObjectID
    /// The context with the files, in the order in which they came.
    let add: @Sendable (_ files: [UploadedFile], _ context: any Sendable) -> any Sendable
    var limits = Limits()
    var now: @Sendable () -> Timestamp = { .now }

    /// How much is taken; all are on by default.
    struct Limits: Sendable {
        /// Of a whole request.
        var maxRequestBytes = 1 << 30
        /// Of one file; told to the store, which counts.
        var maxFileBytes = 25 << 20
        var maxFiles = 100
        /// Of the parts `operations` and `map`, each.
        var maxFieldBytes = 1 << 20
        /// After this time a file that no resume holds may be erased.
        var fileLifetime = Duration.seconds(24 * 60 * 60)
    }
}

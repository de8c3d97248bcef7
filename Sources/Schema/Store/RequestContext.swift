/// What resolvers find of the request that they serve.
public struct RequestContext: Sendable {
    /// Who is signed in; nil for nobody.
    public let recruiterID: ObjectID?
    /// Where accounts are kept.
    public let recruiters: any RecruiterStore
    /// Where jobs are kept.
    public let jobs: any JobStore
    /// The files of a multipart request, in the order in which they came; empty for every other request.
    public var uploads: [UploadedFile]
    /// The time at which the request came.
    public let now: Timestamp

    /// Each parameter is the property of its name.
    public init(
        recruiterID: ObjectID?,
        recruiters: any RecruiterStore,
        jobs: any JobStore,
        uploads: [UploadedFile] = [],
        now: Timestamp
    ) {
        self.recruiterID = recruiterID
        self.recruiters = recruiters
        self.jobs = jobs
        self.uploads = uploads
        self.now = now
    }
}

internal import Fetch
internal import Pipeline
internal import Schema

/// Where files are sent to, and which URLs can be registered.
struct FilePlaces: FileLinks {
    /// Links to the server's own store.
    let own: SignedLinks
    /// Where files are sent to instead, if anywhere.
    var cloud: Cloudinary?
    /// What may be fetched from elsewhere.
    var rules = FetchRules.nothing

    func upload(_ file: NewFile) throws -> UploadLink { try cloud?.upload(file) ?? own.upload(file) }

    func download(_ file: ObjectID, of recruiter: ObjectID, now: Timestamp) throws -> String {
        try own.download(file, of: recruiter, now: now)
    }

    func place(of url: String) -> FilePlace {
        if let file = own.file(at: url) { return .stored(file) }
        // Of this server only what createUploads gave.
        if own.isOwn(url) { return .refused(.noSuchUpload) }
        return rules.refusal(of: url).map(FilePlace.refused) ?? .elsewhere
    }
}

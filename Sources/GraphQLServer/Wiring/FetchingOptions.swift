internal import ArgumentParser
internal import Fetch
internal import Foundation
internal import Pipeline
internal import Transfer

/// Where files may come from, beside the server's own store.
struct FetchingOptions: ParsableArguments {
    @Option(
        help: """
            Comma-separated hosts and address blocks that resume URLs may point at. Default: FETCH_ALLOW, else \
            res.cloudinary.com.
            """
    )
    var fetchAllow: String?

    @Option(help: "cloudinary://KEY:SECRET@CLOUD, where browsers upload to. Default: CLOUDINARY_URL, else this server.")
    var cloudinaryUrl: String?

    /// What these options say.
    struct Values {
        var rules: FetchRules
        var cloud: Cloudinary?
    }

    /// - Throws: ``CommandFailure`` with a line for each mistake.
    func values(_ settings: Settings = Settings()) throws -> Values {
        let (entries, cloud) = try Settings.all(
            { try settings.find(fetchAllow, "fetch-allow", "FETCH_ALLOW").map(Self.entries) },
            { try settings.find(cloudinaryUrl, "cloudinary-url", "CLOUDINARY_URL").map(Self.cloudinary) }
        )
        let standard =
            cloud == nil ? [FetchRules.Entry(.host("res.cloudinary.com"), allowsPlain: false)] : []
        return Values(
            rules: FetchRules(
                entries: entries ?? standard,
                roots: cloud.flatMap(\.deliveryRoot).map { [$0] } ?? []
            ),
            cloud: cloud
        )
    }

    private static func cloudinary(_ setting: Settings.Setting) throws -> Cloudinary {
        guard let cloud = Cloudinary(setting.value) else {
            throw setting.refused("must be cloudinary://KEY:SECRET@CLOUD", isSecret: true)
        }
        return cloud
    }

    private static func entries(_ setting: Settings.Setting) throws -> [FetchRules.Entry] {
        var entries: [FetchRules.Entry] = []
        var mistakes: [String] = []
        for part in setting.value.split(separator: ",") {
            let text = part.trimmingCharacters(in: .whitespaces)
            if text.isEmpty { continue }
            if let read = FetchRules.Entry.read(text) {
                entries += read
            } else {
                mistakes +=
                    Settings.Setting(name: setting.name, value: text)
                    .refused("is no host such as files.example.com, and no block such as 10.1.0.0/16").messages
            }
        }
        guard mistakes.isEmpty else { throw CommandFailure(status: ExitStatus.usage, messages: mistakes) }
        return entries
    }

    /// Fetches files by these rules, for so many workers.
    static func fetcher(_ rules: FetchRules, workers: Int) -> FileFetcher {
        FileFetcher(rules: rules, transfers: Transfers(threads: min(8, workers)))
    }
}

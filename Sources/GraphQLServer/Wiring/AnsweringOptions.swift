internal import ArgumentParser

/// What clients of the API may ask, and how they are answered.
struct AnsweringOptions: ParsableArguments {
    @Option(help: "Comma-separated origins whose pages may use the API, or *. Default: CORS_ORIGINS, else none.")
    var corsOrigins: String?

    @Option(help: "on, or off to refuse questions about the schema. Default: INTROSPECTION, else on.")
    var introspection: String?

    @Option(help: "compatible, or draft2026 for that draft's statuses. Default: HTTP_STATUS_PROFILE, else compatible.")
    var httpStatusProfile: String?

    /// - Throws: ``CommandFailure`` with a line for each mistake.
    func rules(_ settings: Settings = Settings()) throws -> AnsweringRules {
        let (cors, introspection, profile) = try Settings.all(
            { try settings.find(corsOrigins, "cors-origins", "CORS_ORIGINS").map(Self.origins) },
            { try settings.find(self.introspection, "introspection", "INTROSPECTION")?.choice(of: Switch.self) },
            {
                try settings.find(httpStatusProfile, "http-status-profile", "HTTP_STATUS_PROFILE")?
                    .choice(of: StatusProfile.self)
            }
        )
        return AnsweringRules(
            cors: CORS(origins: cors ?? .none),
            allowsIntrospection: introspection != .off,
            statusProfile: profile ?? .compatible
        )
    }

    private static func origins(_ setting: Settings.Setting) throws -> CORS.Origins {
        if setting.value == "*" { return .any }
        var listed: Set<String> = []
        var mistakes: [String] = []
        for entry in setting.value.split(separator: ",", omittingEmptySubsequences: false) {
            let text = entry.filter { $0 != " " }
            if let origin = CORS.origin(text) {
                listed.insert(origin)
            } else {
                let reason = text == "*" ? "must stand alone" : "is no origin such as https://app.example.com"
                mistakes += Settings.Setting(name: setting.name, value: text).refused(reason).messages
            }
        }
        guard mistakes.isEmpty else { throw CommandFailure(status: ExitStatus.usage, messages: mistakes) }
        return .listed(listed)
    }

    private enum Switch: String, CaseIterable {
        case on, off
    }
}

/// How the API answers.
struct AnsweringRules: Sendable {
    var cors = CORS(origins: .none)
    var allowsIntrospection = true
    var statusProfile = StatusProfile.compatible
    var waiting = WaitingRoom.Limits()
}

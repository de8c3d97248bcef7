internal import ArgumentParser
internal import Foundation

/// Reads settings from flags and the environment.
///
/// Wrong values stop the start, with one line for each that names it.
struct Settings {
    private let environment: [String: String]

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
    }

    /// A setting in one of its two places.
    struct Setting {
        /// As the line that refuses it calls it.
        let name: String
        let value: String

        /// The error that stops the start.
        ///
        /// - Parameters:
        ///   - reason: Such as `is no port`.
        ///   - isSecret: Whether the value must not be shown.
        /// - Returns: One line, which names the setting.
        func refused(_ reason: String, isSecret: Bool = false) -> CommandFailure {
            CommandFailure(
                status: ExitStatus.usage,
                message: isSecret ? "\(name) \(reason)" : "\(name): “\(value)” \(reason)"
            )
        }

        /// The case that the value names, without regard to case.
        ///
        /// - Throws: ``CommandFailure`` that lists the names.
        func choice<Choice: CaseIterable & RawRepresentable<String>>(of type: Choice.Type) throws -> Choice {
            if let choice = Choice(rawValue: value.lowercased()) { return choice }
            let names = Choice.allCases.map(\.rawValue)
            guard names.count == 2 else { throw refused("is none of \(names.joined(separator: ", "))") }
            throw refused("is neither \(names[0]) nor \(names[1])")
        }
    }

    /// The flag where it was given, else the variable where it is not empty.
    func find(_ flag: String?, _ flagName: String, _ variable: String) -> Setting? {
        if let flag { return Setting(name: "--\(flagName)", value: flag) }
        guard let value = environment[variable], !value.isEmpty else { return nil }
        return Setting(name: variable, value: value)
    }

    /// Reads several settings, so that one start tells every mistake.
    ///
    /// - Parameter read: Each reads one setting, or several.
    /// - Returns: What each has read.
    /// - Throws: One ``CommandFailure`` with the lines of all that failed, in their order.
    static func all<each Value>(_ read: repeat () throws -> each Value) throws -> (repeat each Value) {
        let results = (repeat Result { try (each read)() })
        var mistakes: [String] = []
        for result in repeat each results {
            guard case .failure(let error) = result else { continue }
            guard let failure = error as? CommandFailure else { throw error }
            mistakes += failure.messages
        }
        guard mistakes.isEmpty else { throw CommandFailure(status: ExitStatus.usage, messages: mistakes) }
        return (repeat try (each results).get())
    }
}

/// Where the database is, and how secrets and the log are kept: what every command that needs them shares.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "MongoDB's connection string. Default: MONGODB_URI, else one of our own under .local/.")
    var mongodbUri: String?

    @Option(help: "Comma-separated; the first signs, all verify. Default: TOKEN_SECRETS, else kept in the database.")
    var tokenSecrets: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. Default: LOG_LEVEL, else info.")
    var logLevel: String?

    @Option(help: "text or json. Default: LOG_FORMAT, else text on a terminal and json elsewhere.")
    var logFormat: String?

    /// What these options say of the database.
    struct Values {
        /// Nil for the embedded one.
        let uri: Settings.Setting?
        /// Nil where they are kept in the database.
        let secrets: [[UInt8]]?
    }

    /// - Throws: ``CommandFailure`` with a line for each mistake.
    func values(_ settings: Settings = Settings()) throws -> Values {
        let (uri, secrets) = try Settings.all({ try databaseURI(settings) }, { try self.secrets(settings) })
        return Values(uri: uri, secrets: secrets)
    }

    /// Nil for the embedded one.
    func databaseURI(_ settings: Settings = Settings()) throws -> Settings.Setting? {
        guard let setting = settings.find(mongodbUri, "mongodb-uri", "MONGODB_URI") else { return nil }
        guard setting.value.hasPrefix("mongodb://") || setting.value.hasPrefix("mongodb+srv://") else {
            throw setting.refused("must begin with mongodb:// or mongodb+srv://", isSecret: true)
        }
        return setting
    }

    /// Nil where they are kept in the database.
    func secrets(_ settings: Settings = Settings()) throws -> [[UInt8]]? {
        guard let setting = settings.find(tokenSecrets, "token-secrets", "TOKEN_SECRETS") else { return nil }
        let secrets = setting.value.split(separator: ",", omittingEmptySubsequences: false).map { Array($0.utf8) }
        guard secrets.allSatisfy({ !$0.isEmpty }) else { throw setting.refused("has an empty secret", isSecret: true) }
        return secrets
    }

    func log(_ settings: Settings = Settings()) throws -> Log {
        let (level, format) = try Settings.all(
            { try settings.find(logLevel, "log-level", "LOG_LEVEL")?.choice(of: Log.Level.self) },
            { try settings.find(logFormat, "log-format", "LOG_FORMAT")?.choice(of: Log.Format.self) }
        )
        return Log(level: level ?? .info, format: format ?? (isatty(STDERR_FILENO) == 1 ? .text : .json))
    }
}

/// Where the server listens.
struct ListeningOptions: ParsableArguments {
    @Option(help: "The address to listen on. Default: HOST, else 127.0.0.1.")
    var host: String?

    @Option(help: "The port to listen on; 0 picks a free one. Default: PORT, else 8080.")
    var port: String?

    @Option(help: "The base of links that the server hands out. Default: PUBLIC_URL, else http://HOST:PORT.")
    var publicUrl: String?

    func address(_ settings: Settings = Settings()) throws -> (host: String, port: Int) {
        let host = settings.find(host, "host", "HOST")?.value ?? "127.0.0.1"
        var port = 8080
        if let setting = settings.find(self.port, "port", "PORT") {
            guard let number = Int(setting.value), (0...65_535).contains(number) else {
                throw setting.refused("is no port from 0 to 65535")
            }
            port = number
        }
        return (host == "localhost" ? "127.0.0.1" : host, port)
    }

    /// Without a slash at the end; nil where none was given.
    func publicURL(_ settings: Settings = Settings()) throws -> String? {
        guard let setting = settings.find(publicUrl, "public-url", "PUBLIC_URL") else { return nil }
        guard let url = URLComponents(string: setting.value), url.scheme == "http" || url.scheme == "https",
            url.host?.isEmpty == false, url.query == nil, url.fragment == nil
        else { throw setting.refused("is no http or https URL without query") }
        return setting.value.hasSuffix("/") ? String(setting.value.dropLast()) : setting.value
    }
}

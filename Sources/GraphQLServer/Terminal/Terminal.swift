internal import Foundation

/// What the program is connected to, and how wide it is.
enum Terminal {
    /// Whether standard error is a terminal.
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal, of `COLUMNS`, or 120; from 60 to 200.
    static var columns: Int {
        var size = winsize()
        if unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return min(200, max(60, Int(size.ws_col)))
        }
        let asked = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 120
        return min(200, max(60, asked))
    }

    /// Writes to standard output, whole.
    static func write(_ text: String) { put(text, to: STDOUT_FILENO) }

    /// Writes to standard error, whole.
    static func writeError(_ text: String) { put(text, to: STDERR_FILENO) }

    private static func put(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            // Nobody reads on (a closed pipe, a full disk): there is nobody to tell.
            guard count > 0 || errno == EINTR else { return }
            sent += max(0, count)
        }
    }

    /// Text that a file or a stranger chose, made harmless: control characters would move the cursor or worse.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }
            )
        )
    }
}

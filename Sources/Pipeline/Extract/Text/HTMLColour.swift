/// A colour of CSS, as far as it tells letters from what they stand on.
struct HTMLColour {
    /// Red, green and blue, 0 to 255.
    var channels: [Double]
    /// 0 for what cannot be seen, 1 for what covers.
    var alpha = 1.0

    static let white = HTMLColour(channels: [255, 255, 255])
    static let clear = HTMLColour(channels: [0, 0, 0], alpha: 0)

    /// Whether letters of the one colour cannot be seen on the other.
    func isLike(_ other: HTMLColour) -> Bool {
        zip(channels, other.channels).allSatisfy { abs($0 - $1) <= 15 }
    }

    /// Whether there is nothing to see of it.
    var isTransparent: Bool { alpha < 0.05 }

    private init(channels: [Double], alpha: Double = 1) {
        self.channels = channels
        self.alpha = alpha
    }

    /// Reads a colour in lower case; nil for what is none, or none that is known here.
    init?(_ text: String) {
        if let channels = Self.names[text] {
            self.init(channels: channels, alpha: text == "transparent" ? 0 : 1)
        } else if text.hasPrefix("#") {
            self.init(digits: text.dropFirst().compactMap(\.hexDigitValue), count: text.utf8.count - 1)
        } else {
            self.init(function: text)
        }
    }

    private init?(digits: [Int], count: Int) {
        guard digits.count == count, [3, 4, 6, 8].contains(count) else { return nil }
        let values =
            count < 6
            ? digits.map { $0 * 17 } : stride(from: 0, to: count, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
        self.init(channels: values.prefix(3).map(Double.init), alpha: values.count > 3 ? Double(values[3]) / 255 : 1)
    }

    /// `rgb(…)` and `hsl(…)`, with or without a fourth part.
    private init?(function text: String) {
        guard text.hasPrefix("rgb") || text.hasPrefix("hsl"), let open = text.firstIndex(of: "("),
            let close = text.firstIndex(of: ")"), open < close
        else { return nil }
        let parts = text[text.index(after: open)..<close].split { $0 == "," || $0 == " " || $0 == "/" }
        guard parts.count >= 3 else { return nil }
        func part(_ index: Int, whole: Double) -> Double? {
            if parts[index].hasSuffix("%") { return Double(parts[index].dropLast()).map { $0 / 100 * whole } }
            return Double(parts[index].hasSuffix("deg") ? parts[index].dropLast(3) : parts[index])
        }
        let alpha = parts.count > 3 ? part(3, whole: 1) ?? 1 : 1
        if text.hasPrefix("rgb") {
            let channels = (0..<3).compactMap { part($0, whole: 255) }
            guard channels.count == 3 else { return nil }
            self.init(channels: channels, alpha: alpha)
        } else {
            guard let hue = part(0, whole: 360), let saturation = part(1, whole: 1), let light = part(2, whole: 1)
            else { return nil }
            // As CSS Color 4, §7.1 computes it.
            self.init(
                channels: [0.0, 8, 4].map { offset in
                    let place = (offset + hue / 30).truncatingRemainder(dividingBy: 12)
                    let swing = saturation * min(light, 1 - light)
                    return 255 * (light - swing * max(-1, min(place - 3, 9 - place, 1)))
                },
                alpha: alpha
            )
        }
    }

    private static let names: [String: [Double]] = [
        "white": [255, 255, 255], "snow": [255, 250, 250], "ivory": [255, 255, 240], "floralwhite": [255, 250, 240],
        "ghostwhite": [248, 248, 255], "whitesmoke": [245, 245, 245], "mintcream": [245, 255, 250],
        "azure": [240, 255, 255], "black": [0, 0, 0], "transparent": [0, 0, 0],
    ]
}

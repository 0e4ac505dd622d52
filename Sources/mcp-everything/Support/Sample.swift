import ModelContextProtocol

/// The smallest real files of their kinds, as base64.
enum Sample {
    /// One red pixel.
    static let png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC"

    /// A millisecond of a tone: eight samples, 8 kHz, 8 bits, one channel.
    static let wav = "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAwP/AgEAAQA=="

    static let icon = Icon(source: "data:image/png;base64,\(Sample.png)", mimeType: "image/png", sizes: ["1x1"])
}

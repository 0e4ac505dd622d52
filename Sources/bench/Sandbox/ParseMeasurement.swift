import JSON

/// How long `JSON.parse` of a large text takes inside a script, by the script's own clock.
struct ParseMeasurement {
    static let bytes = 5_000_000

    let peer: String
    /// Milliseconds, in ascending order.
    let milliseconds: [Double]

    var median: Double { self.milliseconds[self.milliseconds.count / 2] }

    /// Builds a text of rows like those of the API, parses it and returns the milliseconds of the parsing.
    private static let script = """
        const row = JSON.stringify({
            _id: "665f1c2e9b1d8a0012345678", customer: { name: "Marie Müller", city: "Lyon" }, settled: false,
            totalAmount: 1234.5, products: [{ product: "665f1c2e9b1d8a0012345679", quantity: 2, price: 617.25 }],
            createdAt: "2025-11-03T10:15:30.000Z", updatedAt: "2025-11-03T10:15:30.000Z",
        });
        const count = Math.ceil(\(Self.bytes) / (row.length + 1));
        const text = "[" + new Array(count).fill(row).join(",") + "]";
        const started = Date.now();
        const rows = JSON.parse(text);
        const took = Date.now() - started;
        if (rows.length !== count || rows[count - 1].totalAmount !== 1234.5) throw new Error("rows were lost");
        took
        """

    /// Measures all in turns.
    static func measure(_ peers: [ScriptPeer], times: Int) async throws -> [ParseMeasurement] {
        var taken = peers.map { _ in [Double]() }
        for _ in 0..<times {
            for (index, peer) in peers.enumerated() {
                let value = try await ScriptCaller(peer: peer).value(of: self.script)
                guard let milliseconds = value.doubleValue else {
                    throw ScriptCaller.Failed(description: "\(peer.name): not a number: \(value.text)")
                }
                taken[index].append(milliseconds)
            }
        }
        return zip(peers, taken).map { ParseMeasurement(peer: $0.name, milliseconds: $1.sorted()) }
    }

    var json: JSONValue {
        [
            "target": .string(self.peer), "bytes": JSONValue(Self.bytes), "p50ms": JSONValue(self.median),
            "minMs": JSONValue(self.milliseconds.first ?? 0), "maxMs": JSONValue(self.milliseconds.last ?? 0),
        ]
    }
}

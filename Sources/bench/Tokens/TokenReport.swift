import JSON

/// Tokens of both sides, task by task.
struct TokenReport {
    struct Row {
        let question: String
        /// Without the definitions of the tools.
        let direct: Int
        let sidecar: Int
    }

    let method: String
    let directTools: Int
    let directSurface: Int
    let sidecarSurface: Int
    var rows: [Row] = []

    var directTotal: Int { self.rows.reduce(0) { $0 + $1.direct + self.directSurface } }
    var sidecarTotal: Int { self.rows.reduce(0) { $0 + $1.sidecar + self.sidecarSurface } }

    private func saved(_ direct: Int, _ sidecar: Int) -> Double { (1 - Double(sidecar) / Double(direct)) * 100 }

    var problems: [String] {
        let worse = self.rows.filter { $0.sidecar + self.sidecarSurface > $0.direct + self.directSurface }
        var problems = worse.map { "\($0.question) costs more than with direct tools" }
        let saved = self.saved(self.directTotal, self.sidecarTotal)
        if saved < 90 { problems.append("\(Self.percent(saved)) fewer tokens in total, not 90 %") }
        return problems
    }

    private static func percent(_ value: Double) -> String { "\(Double(Int((value * 10).rounded())) / 10) %" }

    private static func column(_ text: String) -> String {
        String(repeating: " ", count: max(0, 10 - text.count)) + text
    }

    var text: String {
        func line(_ question: String, _ direct: Int, _ sidecar: Int) -> String {
            Self.column("\(direct)") + Self.column("\(sidecar)")
                + Self.column(Self.percent(self.saved(direct, sidecar))) + "  " + question
        }
        var lines = [
            "tokens (\(self.method))",
            Self.column("direct") + Self.column("sidecar") + Self.column("saved") + "  task, tool definitions included",
            line("(definitions alone: \(self.directTools) tools against 3)", self.directSurface, self.sidecarSurface),
        ]
        lines += self.rows.map { line($0.question, $0.direct + self.directSurface, $0.sidecar + self.sidecarSurface) }
        lines.append(line("total, each task in a conversation of its own", self.directTotal, self.sidecarTotal))
        let (direct, sidecar) = (self.rows.reduce(0) { $0 + $1.direct }, self.rows.reduce(0) { $0 + $1.sidecar })
        lines.append(
            line("total, all tasks in one conversation", direct + self.directSurface, sidecar + self.sidecarSurface))
        return (lines + self.problems.map { "problem: \($0)" }).joined(separator: "\n")
    }

    var json: JSONValue {
        [
            "method": .string(self.method), "directTools": JSONValue(self.directTools),
            "directSurface": JSONValue(self.directSurface), "sidecarSurface": JSONValue(self.sidecarSurface),
            "tasks": .array(
                self.rows.map {
                    [
                        "question": .string($0.question), "direct": JSONValue($0.direct),
                        "sidecar": JSONValue($0.sidecar),
                    ]
                }),
            "directTotal": JSONValue(self.directTotal), "sidecarTotal": JSONValue(self.sidecarTotal),
            "savedPercent": JSONValue(self.saved(self.directTotal, self.sidecarTotal)),
            "problems": .array(self.problems.map { .string($0) }),
        ]
    }
}

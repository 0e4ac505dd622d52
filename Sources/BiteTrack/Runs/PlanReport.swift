import JSON
import ModelContextProtocol
import UpstreamPipeline

/// What a model is told of a script that was only planned.
struct PlanReport {
    var needs: [Pipeline.Need]
    /// Calls the cache answered on the way.
    var cached: Int
    var budget: Budget
    /// The session the plan began, to be passed on; nil when the caller knows its session.
    var newHandle: String?

    var requests: Int { self.needs.reduce(0) { $0 + $1.requests } }

    var text: String { self.lines.joined(separator: "\n") }

    private var lines: [String] {
        var lines = [
            "plan: at least \(self.requests) upstream call\(self.requests == 1 ? "" : "s"), nothing was sent: "
                + self.needs.map(Self.text).joined(separator: ", "),
            "The script stops here, where it needs their answers; what it asks for after that is not counted.",
        ]
        var left = "\(self.budget.remaining) of \(self.budget.limit) left"
        if self.budget.remaining < self.budget.limit, self.budget.resetsIn > .zero {
            left += ", resets in \(CostLine.rounded(self.budget.resetsIn))"
        }
        lines.append("so far \(self.cached) call\(self.cached == 1 ? "" : "s") from cache · \(left)")
        if let newHandle { lines.append("session: \(newHandle) (pass it as `session` in later runs)") }
        return lines
    }

    var result: ToolResult {
        var members: JSONObject = [
            "plan": [
                "upstreamCallsAtLeast": JSONValue(self.requests), "fromCache": JSONValue(self.cached),
                "needs": .array(
                    self.needs.map {
                        [
                            "route": .string($0.route), "calls": JSONValue($0.calls),
                            "upstreamCalls": JSONValue($0.requests),
                        ]
                    }),
                "remaining": JSONValue(self.budget.remaining), "limit": JSONValue(self.budget.limit),
                "resetsInSeconds": JSONValue(Int((self.budget.resetsIn / .seconds(1)).rounded(.up))),
            ]
        ]
        members["session"] = self.newHandle.map { .string($0) }
        return ToolResult(content: [.text(self.text)], structuredContent: .object(members), isError: false)
    }

    /// Such as `GET /sales ×2 for 7 calls`.
    private static func text(_ need: Pipeline.Need) -> String {
        let times = need.requests == 1 ? "" : " ×\(need.requests)"
        return need.route + times + (need.calls == need.requests ? "" : " for \(need.calls) calls")
    }
}

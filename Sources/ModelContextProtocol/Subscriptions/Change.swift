import JSON
import Sessions

/// Something clients may have asked to be told of.
enum Change: Sendable {
    case tools, prompts, resources
    case resource(uri: String)
    case task(TrackedTask)

    var method: String {
        switch self {
        case .tools: "notifications/tools/list_changed"
        case .prompts: "notifications/prompts/list_changed"
        case .resources: "notifications/resources/list_changed"
        case .resource: "notifications/resources/updated"
        case .task: "notifications/tasks"
        }
    }

    /// The parameters, without `_meta`.
    var parameters: JSONObject {
        switch self {
        case .tools, .prompts, .resources: [:]
        case .resource(let uri): ["uri": .string(uri)]
        case .task(let task): task.detailed
        }
    }
}

import JSON
import ModelContextProtocol

/// Resources that never change, and a family of them.
enum Resources {
    static let textURI = "test://static-text"

    static let all: [Resource] = [Resources.text, Resources.binary]

    private static let content = "This is the content of the static text resource."

    private static let text = Resource(
        uri: Resources.textURI, name: "static-text", title: "Static text", description: "A text that never changes.",
        mimeType: "text/plain", size: Resources.content.utf8.count,
        handler: .immediate { call in
            [ResourceContents(uri: call.uri, mimeType: "text/plain", text: Resources.content)]
        })

    private static var binary: Resource {
        var resource = Resource(
            uri: "test://static-binary", name: "static-binary", title: "Static picture",
            description: "A picture of one red pixel.", mimeType: "image/png",
            handler: .immediate { call in
                [ResourceContents(uri: call.uri, mimeType: "image/png", base64: Sample.png)]
            })
        resource.icons = [Sample.icon]
        return resource
    }

    static let templates: [ResourceTemplate] = [
        ResourceTemplate(
            uriTemplate: "test://template/{id}/data", name: "template-data", title: "Data by id",
            description: "The data of any id.", mimeType: "application/json",
            complete: { $0.matches(in: ["123", "124", "200", "alpha", "beta"]) },
            handler: .immediate { call in
                let id = call.variables["id"] ?? ""
                let data: JSONValue = ["id": .string(id), "templateTest": true, "data": .string("Data for ID: \(id)")]
                return [ResourceContents(uri: call.uri, mimeType: "application/json", text: data.text)]
            })
    ]
}

import JSON

/// JSON-RPC messages, written out.
enum RPC {
    static func request(_ method: String, _ params: JSONValue? = [:], id: JSONValue = 1) -> JSONValue {
        let message: JSONValue = ["jsonrpc": "2.0", "id": id, "method": .string(method)]
        return params.map { message.with("params", $0) } ?? message
    }

    static func notification(_ method: String, _ params: JSONValue = [:]) -> JSONValue {
        ["jsonrpc": "2.0", "method": .string(method), "params": params]
    }

    static func response(_ result: JSONValue = [:], id: JSONValue = 1) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "result": result]
    }

    static func initialize(_ version: String, id: JSONValue = 1) -> JSONValue {
        self.request("initialize", Client.hello(version), id: id)
    }
}

import ModelContextProtocol

/// Seals nothing: what is behind the seal is to be reached by the fuzzer as well.
struct OpenSealer: StateSealer {
    func seal(_ text: String, context: String) -> [UInt8] { Array(text.utf8) }
    func open(_ sealed: [UInt8], context: String) -> String { String(decoding: sealed, as: UTF8.self) }
}

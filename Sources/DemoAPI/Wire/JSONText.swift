import JSON

/// Writes JSON straight into bytes: pages of a hundred populated sales need no tree in between.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    /// The text of one value.
    static func of(_ value: some JSONRenderable) -> [UInt8] {
        var text = JSONText()
        value.render(into: &text)
        return text.bytes
    }

    /// The text of one object.
    static func object(_ members: (inout JSONText) -> Void) -> [UInt8] {
        var text = JSONText()
        text.object(members)
        return text.bytes
    }

    mutating func object(_ members: (inout JSONText) -> Void) {
        self.separate()
        self.bytes.append(UInt8(ascii: "{"))
        members(&self)
        self.bytes.append(UInt8(ascii: "}"))
    }

    mutating func array<Elements: Sequence>(
        _ elements: Elements, _ write: (Elements.Element, inout JSONText) -> Void
    ) {
        self.separate()
        self.bytes.append(UInt8(ascii: "["))
        for element in elements { write(element, &self) }
        self.bytes.append(UInt8(ascii: "]"))
    }

    mutating func key(_ key: String) {
        self.separate()
        JSONValue.write(key, into: &self.bytes)
        self.bytes.append(UInt8(ascii: ":"))
    }

    mutating func member(_ key: String, _ value: some JSONRenderable) {
        self.key(key)
        value.render(into: &self)
    }

    mutating func member(_ key: String, _ members: (inout JSONText) -> Void) {
        self.key(key)
        self.object(members)
    }

    mutating func member<Elements: Sequence>(
        _ key: String, array elements: Elements, _ write: (Elements.Element, inout JSONText) -> Void
    ) {
        self.key(key)
        self.array(elements, write)
    }

    /// Writes the member only when there is a value, as Mongoose does for fields never set.
    mutating func member(_ key: String, ifPresent value: (some JSONRenderable)?) {
        if let value { self.member(key, value) }
    }

    /// Begins a scalar value.
    mutating func scalar(_ write: (inout [UInt8]) -> Void) {
        self.separate()
        write(&self.bytes)
    }

    /// Writes a comma unless a container or a key has just been opened; no finished value ends in these bytes.
    private mutating func separate() {
        switch self.bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
        default: self.bytes.append(UInt8(ascii: ","))
        }
    }
}

/// Something that has one JSON form.
protocol JSONRenderable {
    func render(into text: inout JSONText)
}

extension String: JSONRenderable {
    func render(into text: inout JSONText) { text.scalar { JSONValue.write(self, into: &$0) } }
}

extension Int: JSONRenderable {
    func render(into text: inout JSONText) { text.scalar { $0.append(contentsOf: String(self).utf8) } }
}

extension Double: JSONRenderable {
    func render(into text: inout JSONText) { text.scalar { $0.append(contentsOf: JSNumber.text(self).utf8) } }
}

extension Bool: JSONRenderable {
    func render(into text: inout JSONText) { text.scalar { $0.append(contentsOf: (self ? "true" : "false").utf8) } }
}

extension JSONValue: JSONRenderable {
    func render(into text: inout JSONText) { text.scalar { self.write(into: &$0) } }
}

extension Timestamp: JSONRenderable {
    func render(into text: inout JSONText) {
        text.scalar {
            $0.append(UInt8(ascii: "\""))
            self.append(to: &$0)
            $0.append(UInt8(ascii: "\""))
        }
    }
}

extension ObjectID: JSONRenderable {
    func render(into text: inout JSONText) {
        text.scalar {
            $0.append(UInt8(ascii: "\""))
            self.append(to: &$0)
            $0.append(UInt8(ascii: "\""))
        }
    }
}

extension Optional: JSONRenderable where Wrapped: JSONRenderable {
    func render(into text: inout JSONText) {
        if let self { self.render(into: &text) } else { text.scalar { $0.append(contentsOf: "null".utf8) } }
    }
}

import Foundation
import Testing

@testable import Configuration

/// The `proxy.conf` that ships with the project.
struct ProxyConfTests {
    private func text() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "proxy.conf"), encoding: .utf8)
    }

    @Test("loads without a problem")
    func loads() throws {
        let text = try self.text()
        let loaded = try ConfigurationLoader(file: ("proxy.conf", text), environment: [:], fileExists: { _ in false })
        #expect(loaded.configuration.server.plainHTTP)
    }

    @Test("documents every key there is, with its default, and no other")
    func complete() throws {
        let defaults = SidecarConfiguration()
        var documented: [String: String] = [:]
        var section = ""
        for line in try self.text().split(separator: "\n") {
            if line == "# [[proxy]]" { section = "proxy" }
            if line.hasPrefix("[") { section = String(line.dropFirst().dropLast()) }
            let bare = line.drop { $0 == "#" || $0 == " " }
            let parts = bare.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, parts[0].allSatisfy({ $0.isLowercase || $0.isNumber || $0 == "_" }) else {
                continue
            }
            documented["\(section).\(parts[0])"] = parts[1]
        }
        #expect(Set(documented.keys) == Set(Setting.all.map(\.key) + ProxySetting.all.map(\.key)))
        let proxy = SidecarConfiguration.Proxy()
        for setting in ProxySetting.all {
            #expect(documented[setting.key] == setting.value(in: proxy), "\(setting.key)")
        }
        // Set on purpose, or shown with an example value.
        let differing: Set = [
            "server.host", "server.plain_http", "server.certificate_file", "server.key_file", "upstream.url",
        ]
        for setting in Setting.all where !differing.contains(setting.key) {
            #expect(documented[setting.key] == setting.value(in: defaults), "\(setting.key)")
        }
        for setting in Setting.all {
            if let name = setting.environment { #expect(try self.text().contains(name), "\(name)") }
        }
    }
}

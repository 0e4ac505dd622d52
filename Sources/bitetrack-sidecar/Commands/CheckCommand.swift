import ArgumentParser
import CodeSandbox
import Configuration
import Logging

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate the configuration and print what would be used, and where each value came from.",
        discussion: """
            With --sandbox, try instead what the walls around scripts are worth on this host; exit code 69 when one is \
            missing that the configuration insists on.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Try the sandbox on this host and print which of its walls hold.")
    var sandbox = false

    func run() async throws {
        let loaded = try self.options.load()
        if self.sandbox { return try await self.trySandbox(loaded.configuration.sandbox) }
        let width = Setting.all.map(\.key.count).max() ?? 0
        for setting in Setting.all {
            let origin = loaded.origins[setting.key] ?? .byDefault
            let key = setting.key + String(repeating: " ", count: width - setting.key.count)
            print("\(key) = \(setting.value(in: loaded.configuration))  (\(origin))")
        }
        for (index, proxy) in loaded.configuration.proxies.enumerated() {
            for setting in ProxySetting.all {
                let origin = loaded.origins["\(setting.key)#\(index)"] ?? .byDefault
                print("\(setting.key) = \(setting.value(in: proxy))  (\(origin))")
            }
        }
        for note in loaded.notes { print("note: \(note)") }
        do { try loaded.requireServable() } catch { throw ConfigurationOptions.refusal(error) }
        print("The configuration is valid.")
    }

    private func trySandbox(_ configuration: SidecarConfiguration.Sandbox) async throws {
        do {
            let report = try await Sandbox.tryWalls(of: GuestProgram.path(configured: configuration.guest))
            print(report.text)
            if let refusal = report.refusal(under: SandboxConfiguration(configuration).walls) {
                StandardError.write("the sandbox must not be used here: \(refusal)")
                throw Exit.unavailable
            }
            print(report.isDegraded ? "The sandbox is degraded." : "The sandbox holds.")
        } catch let error as SandboxError {
            StandardError.write("\(error)")
            throw Exit.unavailable
        } catch let error as GuestProgram.Missing {
            StandardError.write("\(error)")
            throw Exit.unavailable
        }
    }
}

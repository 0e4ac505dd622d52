import ArgumentParser
import Configuration

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate the configuration and print what would be used, and where each value came from.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let loaded = try self.options.load()
        let width = Setting.all.map(\.key.count).max() ?? 0
        for setting in Setting.all {
            let origin = loaded.origins[setting.key] ?? .byDefault
            let key = setting.key + String(repeating: " ", count: width - setting.key.count)
            print("\(key) = \(setting.value(in: loaded.configuration))  (\(origin))")
        }
        for note in loaded.notes { print("note: \(note)") }
        do { try loaded.requireServable() } catch { throw ConfigurationOptions.refusal(error) }
        print("The configuration is valid.")
    }
}

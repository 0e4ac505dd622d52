import ModelContextProtocol
import Synchronization

/// A resource that changes, for clients that subscribe to it.
final class WatchedDocument: Sendable {
    static let uri = "test://watched-resource"

    private let notifier: ChangeNotifier
    private let version = Mutex(1)

    init(notifier: ChangeNotifier) { self.notifier = notifier }

    /// Changes the contents and tells who wants to know; returns the new version.
    func update() -> Int {
        let version = self.version.withLock { version in
            version += 1
            return version
        }
        self.notifier.resourceUpdated(WatchedDocument.uri)
        return version
    }

    var resource: Resource {
        Resource(
            uri: WatchedDocument.uri, name: "watched-resource", title: "Watched resource",
            description: "Changes with each call of test_update_watched_resource.", mimeType: "text/plain",
            handler: .immediate { _ in
                let version = self.version.withLock { $0 }
                return [ResourceContents(uri: WatchedDocument.uri, mimeType: "text/plain", text: "Version \(version).")]
            })
    }
}

package import Sessions

/// What the server says of itself and allows.
package struct MCPConfiguration: Sendable {
    package var serverName: String
    /// A name for people; clients from 2025-06-18 on show it.
    package var serverTitle: String?
    package var serverVersion: String
    /// Shown to the model by the client, once.
    package var instructions: String?
    package var sessions = SessionLimits()
    /// Tool calls one session may have running; further ones are refused with a text a model can act on.
    package var maximumRunningCalls = 16
    /// Names other than loopback ones that `Host` may carry, with or without a port.
    ///
    /// Empty together with ``allowsAnyHost`` false means loopback only.
    package var allowedHosts: Set<String> = []
    package var allowsAnyHost = false
    /// Browser origins that may call; loopback origins always may.
    package var allowedOrigins: Set<String> = []

    package init(serverName: String, serverVersion: String) {
        self.serverName = serverName
        self.serverVersion = serverVersion
    }
}

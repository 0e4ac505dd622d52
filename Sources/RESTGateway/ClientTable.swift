import UpstreamPipeline

/// Which clients have answers of their own, and who pays for whose requests, without clock or lock.
///
/// A token is a stranger's until the API has accepted it: strangers can push out nobody but strangers, and spend no more
/// than what is set for their address.
struct ClientTable {
    typealias Instant = ContinuousClock.Instant

    private struct Client {
        var isKnown = false
        var lastUsed: Instant
    }
    struct Visit: Equatable {
        var bucket: ClientRequest.Bucket
        /// Sessions that made room.
        var ended: [String] = []
    }
    /// The part of all clients that strangers may be.
    private static let strangerPart = 4
    /// Addresses told apart; those that come later share one allowance.
    private static let mostAddresses = 1000

    private let configuration: GatewayConfiguration
    private var clients: [String: Client] = [:]
    private var addresses: [String: Instant] = [:]

    init(_ configuration: GatewayConfiguration) { self.configuration = configuration }

    var count: Int { self.clients.count }

    /// A request comes.
    ///
    /// - Parameter name: of the token's holder; nil for a request that carries none.
    mutating func visit(_ name: String?, from address: String, now: Instant) -> Visit {
        guard let name else { return Visit(bucket: self.bucket(ofAddress: address, now: now)) }
        if let client = self.clients[name] {
            self.clients[name]?.lastUsed = now
            return Visit(
                bucket: client.isKnown
                    ? ClientRequest.Bucket(name: name) : self.bucket(ofAddress: address, now: now))
        }
        var ended: [String] = []
        let strangers = self.clients.filter { !$0.value.isKnown }
        if strangers.count >= max(1, self.configuration.clients / ClientTable.strangerPart)
            || self.clients.count >= self.configuration.clients
        {
            // Only a table full of known clients makes one of them go.
            let candidates = strangers.isEmpty ? self.clients : strangers
            if let oldest = candidates.min(by: { $0.value.lastUsed < $1.value.lastUsed })?.key {
                self.clients[oldest] = nil
                ended.append(oldest)
            }
        }
        self.clients[name] = Client(lastUsed: now)
        return Visit(bucket: self.bucket(ofAddress: address, now: now), ended: ended)
    }

    /// The API has accepted the token.
    mutating func accepted(_ name: String) { self.clients[name]?.isKnown = true }

    /// The API has refused the token.
    ///
    /// - Returns: whether there is a session to end.
    mutating func refused(_ name: String) -> Bool { self.clients.removeValue(forKey: name) != nil }

    /// Forgets who has been idle.
    ///
    /// - Returns: sessions to end.
    mutating func sweep(now: Instant) -> [String] {
        let idle = self.clients.filter { now - $0.value.lastUsed >= self.configuration.idleTimeout }.map(\.key)
        for name in idle { self.clients[name] = nil }
        // After a whole window an allowance is full again, so nothing is lost.
        let gone = self.addresses.filter { now - $0.value >= self.configuration.window }.map(\.key)
        for address in gone { self.addresses[address] = nil }
        return idle + gone.map(ClientTable.name(ofAddress:))
    }

    private mutating func bucket(ofAddress address: String, now: Instant) -> ClientRequest.Bucket {
        let isKnown = self.addresses[address] != nil || self.addresses.count < ClientTable.mostAddresses
        if isKnown { self.addresses[address] = now }
        return ClientRequest.Bucket(
            name: isKnown ? ClientTable.name(ofAddress: address) : "rest:from:others",
            limit: self.configuration.strangerRequests)
    }

    private static func name(ofAddress address: String) -> String { "rest:from:" + address }
}

import Glibc
import NIOCore
import NIOPosix
import Testing
import WireTestSupport

@testable import UpstreamPipeline

/// What becomes of an exchange when the upstream misbehaves, and that the next one is served all the same.
@Suite(.timeLimit(.minutes(1)))
struct TransportFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [FaultyUpstream.Step]
        let code: PipelineError.Code
        var mayPass = false
    }

    private static let head = "HTTP/1.1 200 OK\r\n"
    private static let faults = [
        Fault(testDescription: "reset", steps: [.reset], code: .unreachable, mayPass: true),
        Fault(testDescription: "closed without an answer", steps: [.close], code: .unreachable, mayPass: true),
        Fault(testDescription: "hang", steps: [], code: .timedOut, mayPass: true),
        Fault(
            testDescription: "hang after the header", steps: [.send(head + "Content-Length: 5\r\n\r\n")],
            code: .timedOut),
        Fault(
            testDescription: "slow drip of a body",
            steps: [
                .send(head + "Content-Length: 999\r\n\r\n"),
                .drip(String(repeating: "x", count: 999), every: .milliseconds(50)),
            ],
            code: .timedOut),
        Fault(
            testDescription: "slow drip of a header", steps: [.drip(head + "X: y\r\n\r\n", every: .milliseconds(100))],
            code: .timedOut, mayPass: true),
        Fault(
            testDescription: "truncated body", steps: [.send(head + "Content-Length: 50\r\n\r\n{\"a\":"), .close],
            code: .badResponse),
        Fault(
            testDescription: "reset inside the body", steps: [.send(head + "Content-Length: 50\r\n\r\n{"), .reset],
            code: .badResponse),
        Fault(testDescription: "garbage", steps: [.send("\u{1}\u{2}nonsense\r\n\r\n"), .close], code: .badResponse),
        Fault(
            testDescription: "another protocol", steps: [.send("SSH-2.0-OpenSSH_9.2\r\n"), .close], code: .badResponse),
        Fault(
            testDescription: "broken chunks",
            steps: [.send(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"), .close], code: .badResponse),
        Fault(
            testDescription: "unfinished chunks",
            steps: [.send(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"), .close], code: .badResponse),
        Fault(
            testDescription: "garbage instead of gzip",
            steps: [.send(head + "Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\nnotzip")], code: .badResponse),
        Fault(
            testDescription: "gzip bomb",
            steps: [
                .send(head + "Content-Encoding: gzip\r\nContent-Length: \(CompressedBodies.bomb.count)\r\n\r\n"),
                .sendBytes(CompressedBodies.bomb),
            ], code: .responseTooLarge),
        Fault(
            testDescription: "announced too large", steps: [.send(head + "Content-Length: 100000000\r\n\r\n")],
            code: .responseTooLarge),
        Fault(
            testDescription: "too large without announcement",
            steps: [.send(head + "Connection: close\r\n\r\n" + String(repeating: "x", count: 70_000)), .close],
            code: .responseTooLarge),
        Fault(
            testDescription: "header bomb, one long line",
            steps: [.send(head + "X: " + String(repeating: "x", count: 70_000) + "\r\n\r\n")], code: .responseTooLarge),
        Fault(
            testDescription: "header bomb, many lines",
            steps: [.send(head + String(repeating: "X: y\r\n", count: 500) + "\r\n")], code: .responseTooLarge),
    ]

    @Test("each fault has its code", arguments: faults)
    func fault(fault: Fault) async throws {
        try await FaultyUpstream.run { _, number in
            number == 1 ? fault.steps : [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) {
                $0.totalTimeout = fault.code == .timedOut ? .seconds(1) : .seconds(20)
                $0.maximumResponseBytes = 64 * 1024
            } _: { transport in
                let get = TransportRequest(method: "GET", target: "/x")
                let error = await #expect(throws: PipelineError.self) { try await transport.exchange(get) }
                #expect(error?.code == fault.code)
                #expect(error?.mayPass == fault.mayPass)
                #expect(error?.mayHaveArrived == true && error?.origin == .upstream)
                #expect(error?.status == (fault.code == .timedOut ? 504 : 502))
                let next = try await transport.exchange(get)
                #expect(next.status == 200)
            }
        }
    }

    @Test("a wrong length that is too short gives the bytes it announced, and no more")
    func shortLength() async throws {
        try await FaultyUpstream.run { _, _ in
            [.send(Self.head + "Content-Length: 2\r\n\r\n{}HTTP/1.1 500 Smuggled\r\n\r\n")]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                for _ in 0..<2 {
                    let response = try await transport.exchange(TransportRequest(method: "GET", target: "/x"))
                    #expect(response.status == 200 && String(buffer: response.body) == "{}")
                }
            }
        }
    }

    @Test("nobody listens")
    func refused() async throws {
        let origin = try await FaultyUpstream.run { _, _ in
            []
        } _: {
            $0.origin
        }
        try await withTransport(to: origin) { transport in
            let error = await #expect(throws: PipelineError.self) {
                try await transport.exchange(TransportRequest(method: "GET", target: "/x"))
            }
            #expect(error?.code == .unreachable && error?.mayPass == true && error?.mayHaveArrived == false)
            #expect(error?.message == "the upstream does not accept connections")
        }
    }

    @Test("a name that does not resolve")
    func unresolved() async throws {
        try await withTransport(to: "http://upstream.invalid") { transport in
            let error = await #expect(throws: PipelineError.self) {
                try await transport.exchange(TransportRequest(method: "GET", target: "/x"))
            }
            #expect(error?.code == .unreachable && error?.mayHaveArrived == false)
        }
    }

    @Test("an upstream that answers a TLS handshake with something else is not tried again")
    func withoutTLS() async throws {
        try await FaultyUpstream.run({ _, _ in [] }, greeting: "220 no TLS spoken here\r\n") { upstream in
            try await withTransport(to: "https://127.0.0.1:\(upstream.port)") { transport in
                let error = await #expect(throws: PipelineError.self) {
                    try await transport.exchange(TransportRequest(method: "GET", target: "/x"))
                }
                #expect(error?.code == .unreachable && error?.mayPass == false && error?.mayHaveArrived == false)
                #expect(error?.message == "no trusted TLS connection to the upstream could be made")
            }
        }
    }

    @Test("an upstream that never answers a TLS handshake is given up in time")
    func silentTLS() async throws {
        try await FaultyUpstream.run { _, _ in
            []
        } _: { upstream in
            // A ClientHello is no request that this upstream would know, so it says nothing.
            try await withTransport(to: "https://127.0.0.1:\(upstream.port)") {
                $0.connectTimeout = .milliseconds(300)
            } _: { transport in
                let error = await #expect(throws: PipelineError.self) {
                    try await transport.exchange(TransportRequest(method: "GET", target: "/x"))
                }
                #expect(error?.code == .timedOut && error?.mayHaveArrived == false)
            }
        }
    }

    @Test("proxies of the environment are ignored")
    func proxies() async throws {
        // Nothing in this process would use them: that is what is tested.
        setenv("http_proxy", "http://127.0.0.1:1", 1)
        setenv("ALL_PROXY", "http://127.0.0.1:1", 1)
        defer {
            unsetenv("http_proxy")
            unsetenv("ALL_PROXY")
        }
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let response = try await transport.exchange(TransportRequest(method: "GET", target: "/x"))
                #expect(response.status == 200)
            }
        }
    }
}

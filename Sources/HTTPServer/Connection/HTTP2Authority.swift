import NIOCore
import NIOHPACK
import NIOHTTP2

/// Sees to it that each request of HTTP/2 names one host, as `:authority` (RFC 9113, section 8.3.1).
///
/// A request may leave `:authority` out and send `host`, as one passed on from HTTP/1.1 does; the codec behind this
/// handler knows `:authority` only. A request whose `host` is another is refused: who looks at which decides who answers.
final class HTTP2Authority: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private var hasBegun = false
    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isRefused else { return }
        guard !self.hasBegun, case .headers(var frame) = self.unwrapInboundIn(data) else {
            return context.fireChannelRead(data)
        }
        self.hasBegun = true
        let hosts = Set(frame.headers["host"].map { $0.lowercased() })
        guard let authority = frame.headers.first(name: ":authority") else {
            if hosts.count == 1, let host = frame.headers.first(name: "host") {
                // Pseudo-headers come first.
                frame.headers = HPACKHeaders([(":authority", host)] + frame.headers.map { ($0.name, $0.value) })
            }
            return context.fireChannelRead(self.wrapInboundOut(.headers(frame)))
        }
        guard hosts.isSubset(of: [authority.lowercased()]) else { return self.refuse(context) }
        context.fireChannelRead(data)
    }

    private func refuse(_ context: ChannelHandlerContext) {
        self.isRefused = true
        let headers: HPACKHeaders = [":status": "400", "content-length": "0"]
        context.writeAndFlush(self.wrapOutboundOut(.headers(.init(headers: headers, endStream: true))), promise: nil)
        context.close(promise: nil)
    }
}

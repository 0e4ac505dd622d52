// tries: returning a revoked proxy
// contained: failure unserializableResult "revoked proxy"
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
export default proxy;

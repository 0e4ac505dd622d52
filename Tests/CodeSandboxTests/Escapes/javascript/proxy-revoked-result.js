// tries: returning a revoked proxy
// contained: failure exception "revoked"
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
export default proxy;

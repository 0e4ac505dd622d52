// tries: looking for an environment, arguments, secrets and file descriptors by name
// contained: value []
const names = ['process', 'Deno', 'Bun', 'require', 'module', '__dirname', 'scriptArgs', 'argv0', 'env', 'environ', 'std', 'os', 'bjson', 'navigator', 'fetch',
    'XMLHttpRequest', 'WebSocket', 'importScripts', 'Worker', 'WebAssembly', 'print', 'load', 'read', 'quit', '__loadScript', 'JWT_SECRET', 'token', 'password', 'document', 'window', 'global', 'self'];
names.filter((name) => name in globalThis)

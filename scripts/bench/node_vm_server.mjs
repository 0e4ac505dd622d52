// A peer of the bench: Node's own `vm`, in the process that serves. No isolation at all: what the sidecar replaces.
// POST a script, get its value as JSON. Each script gets a fresh context.
//
// Usage: node node_vm_server.mjs PORT [CERTIFICATE KEY]
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import vm from "node:vm";

const [port, certificate, key] = process.argv.slice(2);

const run = (code) => JSON.stringify(vm.runInNewContext(code, {}, { timeout: 10_000 })) ?? "null";

const listener = (request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    let status = 200;
    let body;
    try {
      body = run(Buffer.concat(chunks).toString());
    } catch (error) {
      status = 500;
      body = JSON.stringify(String(error));
    }
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
    response.end(body);
  });
};

const server = certificate
  ? https.createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, listener)
  : http.createServer(listener);
server.keepAliveTimeout = 0;
server.listen(Number(port), "127.0.0.1");

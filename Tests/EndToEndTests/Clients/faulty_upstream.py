"""An upstream that misbehaves. Prints its port, then serves on loopback until killed.

Logins succeed in every mode but `garbage`; what any other request meets is the mode's.

Usage: faulty_upstream.py <mode>
"""

import base64
import gzip
import json
import socket
import socketserver
import struct
import sys
import time

mode = sys.argv[1]
asked = 0
bomb = gzip.compress(b"[" + b" " * 100_000_000 + b"]") if mode == "gzip-bomb" else b""


def token(lifetime):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    now = int(time.time())
    claims = {"id": "64b0000000000000000000a2", "role": "admin", "iat": now - 90000, "exp": now + lifetime}
    return ".".join([part({"alg": "HS256", "typ": "JWT"}), part(claims), "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"])


def answer(status, content_type, body, *headers):
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


JSON = "application/json; charset=utf-8"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def error(status, word, message, *headers, content_type=JSON):
    body = json.dumps({"error": word, "message": message, "statusCode": status}).encode()
    return answer(status, content_type, body, *headers)


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            while self.serve():
                pass
        except OSError:
            pass  # The other side has gone, as it should.

    def serve(self):
        """Answers one request; False ends the connection."""
        request = self.rfile.readline()
        if not request:
            return False
        length = 0
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            if name.lower() == "content-length":
                length = int(value)
        self.rfile.read(length)
        if mode == "garbage":
            self.wfile.write(b"\x00\x01 this is not HTTP at all\r\n\r\n")
            return False
        if b"/auth/login" in request:
            seller = {"firstName": "A", "lastName": "B", "role": "admin", "email": "a@b.test", "id": "64b0000000000000000000a2"}
            lifetime = -60 if mode == "expired" else 3600
            body = json.dumps({"token": token(lifetime), "seller": seller}).encode()
            self.wfile.write(answer(200, JSON, body))
            return True
        return self.misbehave()

    def misbehave(self):
        global asked
        asked += 1
        write = self.wfile.write
        match mode:
            case "html":
                write(answer(200, "text/html", b"<html><body>Welcome</body></html>"))
            case "html-error":
                write(answer(503, "text/html", b"<html><body>Maintenance</body></html>"))
            case "not-http":
                write(b"\x00\x01 this is not HTTP at all\r\n\r\n")
                return False
            case "reset":
                return self.reset()
            case "close":
                return False
            case "reset-in-head":
                write(HEAD[:30])
                return self.reset()
            case "reset-in-body":
                write(HEAD + b"Content-Length: 100\r\n\r\n[1,")
                return self.reset()
            case "truncated":
                write(HEAD + b"Content-Length: 100\r\n\r\n[1,2")
                return False
            case "bad-length":
                write(HEAD + b"Content-Length: x\r\n\r\n[]")
                return False
            case "length-and-chunks":
                write(HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]")
                return False
            case "hang":
                time.sleep(30)
            case "drip":
                for byte in HEAD + b"Content-Length: 4\r\n\r\n[1]\n":
                    write(bytes([byte]))
                    time.sleep(0.2)
            case "garbage-gzip":
                write(answer(200, JSON, b"this is no gzip", "Content-Encoding: gzip"))
            case "gzip-bomb":
                write(answer(200, JSON, bomb, "Content-Encoding: gzip"))
            case "huge":
                write(HEAD + b"Content-Length: 100000000\r\n\r\n")
                for _ in range(100):
                    write(b" " * 1_000_000)
            case "huge-in-chunks":
                write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
                for _ in range(100):
                    write(b"F4240\r\n" + b" " * 1_000_000 + b"\r\n")
            case "csv-for-json":
                write(answer(200, "text/csv", b"a,b\n1,2"))
            case "json-as-csv":
                write(error(400, "Bad Request", "Invalid format. Use: detailed, summary, or products", content_type="text/csv; charset=utf-8"))
            case "broken-json":
                write(answer(200, JSON, b'[{"id":'))
            case "redirect":
                write(answer(302, JSON, b"{}", "Location: http://127.0.0.1:1/"))
            case "too-many":
                write(error(429, "Too Many Requests", "Too many requests from this IP", "Retry-After: 7"))
            case "too-many-silent":
                write(error(429, "Too Many Requests", "Too many requests from this IP"))
            case "flapping":
                if asked % 3:
                    write(error(503, "Service Unavailable", "later"))
                else:
                    write(answer(200, JSON, b"[]"))
            case "interim":
                write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3 + answer(200, JSON, b"[]"))
            case "header-bomb":
                write(HEAD + b"X-A: " + b"a" * 1000 + b"\r\n")
                for _ in range(10_000):
                    write(b"X-A: " + b"a" * 1000 + b"\r\n")
            case "unavailable":
                write(error(503, "Service Unavailable", "The service is down"))
            case "expired":
                write(error(401, "Unauthorized", "Invalid token"))
            case _:
                raise SystemExit(f"unknown mode {mode}")
        return True

    def reset(self):
        """Ends the connection with RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        return False


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(("127.0.0.1", 0), Handler) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()

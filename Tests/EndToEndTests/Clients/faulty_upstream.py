"""An upstream that misbehaves. Prints its port, then serves on loopback until killed.

Usage: faulty_upstream.py (html|garbage|expired)
"""

import base64
import json
import socketserver
import sys
import time

mode = sys.argv[1]


def token(lifetime):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    now = int(time.time())
    claims = {"id": "64b0000000000000000000a2", "role": "admin", "iat": now - 90000, "exp": now + lifetime}
    return ".".join([part({"alg": "HS256", "typ": "JWT"}), part(claims), "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"])


def answer(status, content_type, body):
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while request := self.rfile.readline():
            length = 0
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                name, _, value = line.decode("latin-1").partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            self.rfile.read(length)
            if mode == "garbage":
                self.wfile.write(b"\x00\x01 this is not HTTP at all\r\n\r\n")
                return
            if b"/auth/login" in request:
                seller = {"firstName": "A", "lastName": "B", "role": "admin", "email": "a@b.test", "id": "64b0000000000000000000a2"}
                lifetime = -60 if mode == "expired" else 3600
                body = json.dumps({"token": token(lifetime), "seller": seller}).encode()
                self.wfile.write(answer(200, "application/json; charset=utf-8", body))
            elif mode == "html":
                self.wfile.write(answer(200, "text/html", b"<html><body>Welcome</body></html>"))
            else:
                body = b'{"error":"Unauthorized","message":"Invalid token","statusCode":401}'
                self.wfile.write(answer(401, "application/json; charset=utf-8", body))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(("127.0.0.1", 0), Handler) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()

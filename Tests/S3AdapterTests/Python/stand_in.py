"""A server that answers as a test scripts it, and stand-ins for those who give credentials.

Listens on a free port of 127.0.0.1 and prints it. Ends with its standard input.

  POST /_script     a JSON list of answers, one for each request from then on; without one: 200 and no body
      {"status": 503, "headers": {"Retry-After": "7"}, "body": "..."}
      {"do": "hang"}    never answers
      {"do": "reset"}   closes the connection by RST, the request half read
      {"do": "cut"}     promises 1,000 bytes, sends 10, closes
  GET /_requests    what came: method, path, headers (names in lower case), body

  /latest/...       instance metadata, version 2: wants the token that PUT /latest/api/token gives
  /container        an agent beside a container: wants `Authorization: container-token`
  POST /sts/        AssumeRoleWithWebIdentity: wants the token `web-token`
Credentials expire after the seconds in the last `_lifetime` (POST /_lifetime, default 3600); their access key counts them.
"""

import json
import socket
import socketserver
import struct
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler

script, requests, lock = [], [], threading.Lock()
state = {"lifetime": 3600, "issued": 0}


def issue():
    with lock:
        state["issued"] += 1
        number, lifetime = state["issued"], state["lifetime"]
    end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + lifetime))
    return f"key-{number}", f"secret-{number}", f"session-{number}", end


def document():
    key, secret, token, end = issue()
    return json.dumps({
        "Code": "Success", "AccessKeyId": key, "SecretAccessKey": secret, "Token": token, "Expiration": end})


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def serve(self):
        names = {name.lower(): value for name, value in self.headers.items()}
        path = self.path
        with lock:
            answer = script.pop(0) if script and not path.startswith("/_") else {}
        if not path.startswith("/_"):
            seen = {"method": self.command, "path": path, "headers": names, "body": ""}
            with lock:
                requests.append(seen)
        if answer.get("do") == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        body = self.rfile.read(int(names.get("content-length", 0))).decode("latin-1")
        if not path.startswith("/_"):
            seen["body"] = body[:10_000]
        if answer.get("do") == "hang":
            time.sleep(60)
            self.close_connection = True
            return
        if answer.get("do") == "cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789")
            self.close_connection = True
            return
        if answer:
            return self.answer(answer.get("status", 200), answer.get("body", ""), answer.get("headers", {}))
        self.answer(*self.stand_in(path, names, body))

    def stand_in(self, path, names, body):
        if path == "/_script":
            with lock:
                script[:] = json.loads(body)
            return 200, ""
        if path == "/_lifetime":
            state["lifetime"] = int(body)
            return 200, ""
        if path == "/_requests":
            with lock:
                return 200, json.dumps(requests)
        if path == "/latest/api/token":
            right = self.command == "PUT" and names.get("x-aws-ec2-metadata-token-ttl-seconds")
            return (200, "metadata-token") if right else (400, "")
        if path.startswith("/latest/"):
            if names.get("x-aws-ec2-metadata-token") != "metadata-token":
                return 401, ""
            return 200, document() if path.endswith("/log-writer") else "log-writer\n"
        if path == "/container":
            return (200, document()) if names.get("authorization") == "container-token" else (403, "")
        if path == "/sts/":
            form = dict(urllib.parse.parse_qsl(body))
            if form.get("Action") != "AssumeRoleWithWebIdentity" or form.get("WebIdentityToken") != "web-token":
                return 400, (
                    "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidIdentityToken</Code>"
                    "<Message>not that token</Message></Error><RequestId>id-1</RequestId></ErrorResponse>")
            key, secret, token, end = issue()
            return 200, (
                '<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
                "<AssumeRoleWithWebIdentityResult><Credentials>"
                f"<AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
                f"<SessionToken>{token}</SessionToken><Expiration>{end}</Expiration>"
                "</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>")
        return 200, ""

    def answer(self, status, body, headers=None):
        content = body.encode()
        self.send_response_only(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = serve


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass


with Server(("127.0.0.1", 0), Handler) as server:
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()

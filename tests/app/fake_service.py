"""What the services of the tests have in common: one request handler."""
import http.server
import json
import time


class ServiceHandler(http.server.BaseHTTPRequestHandler):
    """Answers for `fake`, which a subclass names: its clock is `fake.clock_offset` seconds ahead."""
    protocol_version = "HTTP/1.1"
    fake = None
    kind = "application/json"        # of replies

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string(time.time() + self.fake.clock_offset)

    def received(self):
        """The request's body, and its headers by lower-case names."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return body, {name.lower(): value for name, value in self.headers.items()}

    def reply(self, status, body, extra=(), kind=None):
        """`body`: bytes and text as they are, anything else as JSON."""
        body = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind or self.kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in extra:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def reply_half(self, beginning):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(beginning)

"""A real OpenAI-compatible server whose model says a reply piece by piece, when a test lets it."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue


class Reply:
    """What a test lets the model say to one prompt, and how it ends.

    ``{1}`` in its words stands for what the first passage of the prompt says, and so on.
    """

    def __init__(self):
        self._pieces = SimpleQueue()

    def say(self, words):
        self._pieces.put(words)

    def end(self):
        """The reply is whole."""
        self._pieces.put(None)

    def break_off(self):
        """The server hangs up in the middle of the reply."""
        self._pieces.put(ConnectionError)

    def garble(self):
        """The server says what is no reply at all."""
        self._pieces.put(ValueError)
        self.end()

    def tell(self, request, passages):
        while (piece := self._pieces.get()) is not None:
            if piece is ConnectionError:
                request.close_connection = True
                return
            _send(request, "data: {]\n\n" if piece is ValueError else _event(piece.format("", *passages)))
        _send(request, "data: [DONE]\n\n")
        _send(request, "")


class SlowModel:
    """Its ``address``; and every prompt takes the next of the replies that a test has begun."""

    def __init__(self):
        self.address = ""
        self._begun = []
        self._next = SimpleQueue()
        self._asked = threading.Semaphore(0)

    def wait(self):
        """Returns once the model was asked for prose, once for each time."""
        self._asked.acquire()

    def reply(self, *words):
        reply = Reply()
        self._begun.append(reply)
        for piece in words:
            reply.say(piece)
        self._next.put(reply)
        return reply

    def close(self):
        """Ends what a test has left open, so that nobody waits for it."""
        for reply in self._begun:
            reply.end()

    def answer(self, request):
        asked = json.loads(request.rfile.read(int(request.headers["content-length"])))
        request.send_response(200)
        request.send_header("content-type", "text/event-stream")
        request.send_header("transfer-encoding", "chunked")
        request.end_headers()
        try:
            if "response_format" in asked:  # words of the user are to be pointed out: there are none
                _send(request, _event("{}"))
                _send(request, "data: [DONE]\n\n")
                _send(request, "")
            else:
                self._asked.release()
                self._next.get().tell(request, _passages(asked["messages"][-1]["content"]))
        except OSError:
            request.close_connection = True  # nobody listens any more


def _passages(material):
    lines = [line for line in material.splitlines() if line.startswith("[")]
    return [line.partition(": ")[2].strip().rstrip(".") for line in lines]


def _event(words):
    choice = {"index": 0, "delta": {"role": "assistant", "content": words}, "finish_reason": None}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "slow", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n"


def _send(request, text):
    """One chunk of the body; the empty one ends it."""
    request.wfile.write(f"{len(text.encode()):x}\r\n{text}\r\n".encode())


@contextmanager
def slow_model():
    """Such a model, served until the block ends."""
    model = SlowModel()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            model.answer(self)

        def log_message(self, *_):
            """Quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """Who listens may hang up at any time."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        model.address = f"http://127.0.0.1:{server.server_port}/v1"
        try:
            yield model
        finally:
            model.close()
            server.shutdown()
            thread.join()

"""A web server on the loopback interface with the files of the page."""

import http.server
import threading

def module(respond):
    """A module of WebAssembly with the functions of the generator. `respond` has this body, and the others return 0."""
    code = bytes([0x0A, 18 + len(respond), 4, 4, 0, 0x41, 0, 0x0B, len(respond) + 1, 0]) + respond
    return (
        bytes.fromhex(
            "0061736d01000000"  # the header
            "010d03" "60017f017f" "600000" "6000017f"  # types: i32 -> i32, nothing -> nothing, nothing -> i32
            "030504" "00" "01" "02" "02"  # functions
            "0503010001"  # memory of one page
            "073b05" "066d656d6f72790200" "07726571756573740000" "07726573706f6e640001" "08726573706f6e73650002"
            "0f726573706f6e73655f6c656e6774680003"  # their names
        )
        + code
        + bytes.fromhex("040041000b" "040041000b")
    )


# The body `unreachable`, which stops the module; a call of itself; and an endless loop.
STOPPING = module(bytes.fromhex("000b"))
RECURSIVE = module(bytes.fromhex("10010b"))
HANGING = module(bytes.fromhex("03400c000b0b"))


class Server:
    """Serves a directory while it is used as a context."""

    def __init__(self, folder):
        # A module in place of the generator.
        self.module = None
        self.requested = []
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm", ".js": "text/javascript"}

            def __init__(self, *arguments):
                super().__init__(*arguments, directory=str(folder))

            def end_headers(self):
                self.send_header("cache-control", "no-store")
                super().end_headers()

            def do_GET(self):
                outer.requested.append(self.path)
                if outer.module and self.path.endswith(".wasm"):
                    self.send_response(200)
                    self.send_header("content-type", "application/wasm")
                    self.end_headers()
                    self.wfile.write(outer.module)
                else:
                    super().do_GET()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()

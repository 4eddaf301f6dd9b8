"""Stops with a clear message when PORT cannot be served on; run by `make start` before all else.

Only the standard library, and any Python 3: the virtual environment may not exist yet.
"""

import os
import socket
import sys


def problem(port_text: str) -> str:
    """What is wrong with the port, in a sentence; empty when it can be served on."""
    if not (port_text.isascii() and port_text.isdigit() and 1 <= int(port_text) <= 65535):
        return f"PORT: found {port_text!r}, expected a whole number from 1 to 65535."
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port_text)))
        except PermissionError:
            return f"Port {port_text} needs more rights than you have. Choose one above 1023."
        except OSError:
            return (
                f"Port {port_text} on 127.0.0.1 is taken by another program.\n"
                "Stop that program, or choose another port:  make start PORT=8001"
            )
    return ""


if __name__ == "__main__":
    sys.exit(problem(os.environ.get("PORT", "8000")) or 0)

"""A connection from a name: looked up and opened by the clock."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterable
from queue import Empty, SimpleQueue
from typing import TypeAlias

from urllib3.util.connection import allowed_gai_family

from notetext.engines.cloud.watchdog import Watch

_Address: TypeAlias = "tuple[socket.AddressFamily, socket.SocketKind, int, tuple[object, ...]]"


def dialled(
    host: str, port: int, watch: Watch, options: Iterable[tuple[int, int, int | bytes]]
) -> socket.socket:
    """A connection to a host.

    The time that is left is shared by all of its addresses, so that one that is dead leaves
    some to the next.

    Args:
        host: a name or an address.
        port: of TCP.
        watch: how long it may take; it holds the connection from the beginning.
        options: of the socket.

    Raises:
        TimeoutError: it takes too long.
        socket.gaierror: nobody knows the name.
        OSError: nobody takes the connection.
    """
    addresses = _addresses(host, port, watch)
    failure: OSError = OSError("the name has no address")
    for number, (family, kind, protocol, address) in enumerate(addresses):
        rest_s = watch.remaining_s / (len(addresses) - number)
        if rest_s <= 0 or watch.cut:
            raise TimeoutError
        connection = socket.socket(family, kind, protocol)
        try:
            for option in options:
                connection.setsockopt(*option)
            connection.settimeout(min(rest_s, threading.TIMEOUT_MAX))
            watch.hold(connection)
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise TimeoutError if watch.cut else failure


def _addresses(host: str, port: int, watch: Watch) -> list[_Address]:
    """The addresses of a name; the system's own look-up knows no end, and cannot be interrupted."""
    name = host.strip("[]")
    if _is_address(name):
        return _looked_up(name, port)
    answer: SimpleQueue[list[_Address] | OSError] = SimpleQueue()

    def look_up() -> None:
        try:
            answer.put(_looked_up(name, port))
        except (OSError, UnicodeError) as error:
            answer.put(error if isinstance(error, OSError) else socket.gaierror(str(error)))

    threading.Thread(target=look_up, name="notetext-look-up", daemon=True).start()
    while watch.remaining_s > 0 and not watch.cut:
        try:
            found = answer.get(timeout=min(0.05, max(0.0, watch.remaining_s)))
        except Empty:
            continue
        if isinstance(found, OSError):
            raise found
        return found
    raise TimeoutError


def _looked_up(name: str, port: int) -> list[_Address]:
    found = socket.getaddrinfo(name, port, allowed_gai_family(), socket.SOCK_STREAM)
    return [(family, kind, protocol, address) for family, kind, protocol, _, address in found]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

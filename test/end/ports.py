"""Ports for the servers of the tests."""
import itertools
import os
import socket

# Below those the kernel gives to outgoing connections, so that none of these takes the place of
# a server that is about to start; runs side by side begin in different places.
FIRST, LAST = 20000, 32000
_next = itertools.count(os.getpid() * 97 % (LAST - FIRST))


def free_port():
    """A port nobody listens on now, and that this run has not given away before."""
    for step in itertools.islice(_next, LAST - FIRST):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", FIRST + step % (LAST - FIRST)))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise AssertionError("no port is free")

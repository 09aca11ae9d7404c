"""What Kith promises of itself: many cards, many connections, and calm beside a storm."""
import json
import os
import resource
import socket
import statistics
import subprocess
import time

import cards
from client import Client, XML
from servers import PASSWORD, Kith, pss_mib
from work import POLL, VCARD, query, sync_report

BIG_BOOK = 100_000
ACCOUNTS, EACH = 200, 5_000
SLOW_PUTS, SLOW_CONNECTIONS = 20_000, 64
IDLE, PER_PEER = 10_000, 1_000
SECONDS = 4
QUIET_SECONDS = 6


class Own:
    def __init__(self, build, folder, say):
        self.build, self.folder, self.say, self.rows = build, folder / "own", say, []
        self.folder.mkdir()

    def row(self, what, value, wanted):
        self.rows.append((what, value, wanted))
        self.say(f"{what}: {value} (to reach: {wanted})")

    def run(self):
        for name, part in (("slow", self.slow_disk), ("books", self.books), ("million", self.million)):
            (self.folder / name).mkdir()
            server = Kith(self.folder / name, self.build)
            server.environment = self.slowly() if name == "slow" else None
            try:
                server.start()
                part(server)
            finally:
                server.stop()
        return self.rows

    # --- the parts ---

    def slowly(self):
        return {**os.environ, "LD_PRELOAD": str(self.build / "bench/slow-disk.so")}

    def slow_disk(self, server):
        """Where a flush takes as long as on most disks: what matters is how many cards share one."""
        client, book = self.poll_of(server, "ada")
        path = self.folder / "puts"
        with open(path, "wb") as out:
            for number in range(SLOW_PUTS):
                one = client.raw("PUT", book + cards.name(number), cards.card(number, photo=False), VCARD)
                out.write(b"%d\n" % len(one) + one)
        said = self.load(server.port, path, seconds=60, connections=SLOW_CONNECTIONS, passes=1)
        path.unlink()
        done = subprocess.run([self.build / "bench/bench-commits", self.folder / "one"], capture_output=True,
                              check=True, env=self.slowly())
        one = float(done.stdout)
        self.row(f"durable PUT, {SLOW_CONNECTIONS} connections, a disk that takes 5 ms more for a flush",
                 f"{said['per_second']:,.0f}/s: {said['per_second'] / one:.0f} x one by one there", "5 x")

    def books(self, server):
        self.fill(server, "small", 100)
        self.fill(server, "ada", BIG_BOOK)
        self.sizes(server)
        time.sleep(QUIET_SECONDS)
        self.row(f"memory, one book of {BIG_BOOK:,} cards, all processes", f"{pss_mib(server.pids()):.1f} MiB PSS",
                 "< 100 MB")
        self.idle(server)
        self.calm(server)

    def million(self, server):
        start = time.monotonic()
        for number in range(ACCOUNTS):
            self.fill(server, f"user{number}", EACH)
        took = time.monotonic() - start
        for number in range(0, ACCOUNTS, 10):  # each tenth account is used, not only stored
            client = Client(server.port, f"user{number}", PASSWORD)
            said = client.ask("REPORT", server.book_of(client), sync_report(), XML + ("Depth: 0",))
            assert said.status == 207 and len(said.responses()) == EACH, said.status
        time.sleep(QUIET_SECONDS)
        self.row(f"memory, {ACCOUNTS * EACH:,} cards of {ACCOUNTS} accounts, all processes (imported in {took:.0f} s)",
                 f"{pss_mib(server.pids()):.1f} MiB PSS", "< 100 MB")

    def fill(self, server, login, count):
        kith = self.build / "kith"
        if login != "ada":
            server.run(kith, "user", "add", login, "--data", server.data, "--password-stdin", input=PASSWORD + "\n")
        file = self.folder / "cards.vcf"
        with open(file, "wb") as out:
            for number in range(count):
                out.write(cards.card(number, login, photo=False))
        server.run(kith, "import", login, file, "--data", server.data)
        file.unlink()

    def load(self, port, request, seconds=SECONDS, connections=8, **more):
        """A request over and over, or a file of many."""
        path = request
        if isinstance(request, bytes):
            path = self.folder / "request"
            path.write_bytes(b"%d\n" % len(request) + request)
        words = ["--port", port, "--connections", connections, "--seconds", seconds, "--list", path]
        for name, value in more.items():
            words += [f"--{name.replace('_', '-')}", value]
        done = subprocess.run([self.build / "bench/bench-load", *map(str, words)], capture_output=True, check=True)
        said = json.loads(done.stdout)
        assert said["not_2xx"] == said["broken"] == 0 and said["requests"], said
        return said

    def poll_of(self, server, login):
        client = Client(server.port, login, PASSWORD)
        return client, server.book_of(client)

    def sizes(self, server):
        """What nothing changed in must not cost more for holding more."""
        speeds = {"poll": {}, "no-change sync": {}}
        for _ in range(3):
            for login in ("small", "ada"):
                client, book = self.poll_of(server, login)
                token = client.ask("PROPFIND", book, POLL, XML + ("Depth: 0",)).text_of("sync-token")
                for what, request in (
                        ("poll", client.raw("PROPFIND", book, POLL, XML + ("Depth: 0",))),
                        ("no-change sync", client.raw("REPORT", book, sync_report(token), XML + ("Depth: 0",)))):
                    speeds[what].setdefault(login, []).append(self.load(server.port, request, 2)["per_second"])
        for what, of in speeds.items():
            small, large = (statistics.median(of[login]) for login in ("small", "ada"))
            self.row(f"{what}: 100 cards, {BIG_BOOK:,} cards", f"{small:,.0f}/s, {large:,.0f}/s: {small / large:.2f} x",
                     "the same (1 x)")

    def idle(self, server):
        """Connections that have asked once, and stay."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, IDLE + 1000), hard))
        before = pss_mib(server.pids())
        client, book = self.poll_of(server, "small")
        request, held = client.raw("PROPFIND", book, POLL, XML + ("Depth: 0",)), []
        try:
            for number in range(IDLE):  # from several addresses: one may hold only so many
                one = socket.create_connection(("127.0.0.1", server.port),
                                               source_address=(f"127.0.1.{1 + number // PER_PEER}", 0))
                one.sendall(request)
                held.append(one)
                if not one.recv(1 << 16).startswith(b"HTTP/1.1 207"):
                    raise OSError("not answered")
            time.sleep(QUIET_SECONDS)
            after = pss_mib(server.pids())
            self.row(f"memory, {IDLE:,} idle connections", f"{after - before:.1f} MiB", "< 20 MB")
        except OSError as why:
            self.row(f"memory, {IDLE:,} idle connections", f"{len(held):,} only: {why}", "< 20 MB")
        for one in held:
            one.close()

    def calm(self, server):
        """p99 of polls at an even pace, alone and beside each storm."""
        client, book = self.poll_of(server, "small")
        poll = client.raw("PROPFIND", book, POLL, XML + ("Depth: 0",))
        big, big_book = self.poll_of(server, "ada")
        storms = {"a full sync loop": [(1, big.raw("REPORT", big_book, sync_report(data=True), XML + ("Depth: 0",)))],
                  "a search storm": [(4, big.raw("REPORT", big_book, query(cards.needle(1)), XML + ("Depth: 1",)))]}
        alone = self.p99(server, poll)
        self.row("p99 of polls, 100/s each of 8 connections, alone", f"{alone / 1000:.2f} ms", "")
        for what, of in storms.items():
            self.beside(server, poll, alone, what, [self.storm(server, n, *one) for n, one in enumerate(of)])
        slow = self.slow_reader(server, storms["a full sync loop"][0][1])
        try:
            self.beside(server, poll, alone, "a slow reader", [])
        finally:
            slow.close()

    def p99(self, server, poll):
        return statistics.median(self.load(server.port, poll, pace_us=10_000)["p99_us"] for _ in range(3))

    def beside(self, server, poll, alone, what, storms):
        time.sleep(0.5)
        try:
            value = self.p99(server, poll)
        finally:
            for one in storms:
                one.terminate()
                one.wait(10)
        self.row(f"the same beside {what}", f"{value / 1000:.2f} ms: {value / alone:.1f} x", "<= 3 x")

    def storm(self, server, number, connections, request):
        path = self.folder / f"storm-{number}"
        path.write_bytes(b"%d\n" % len(request) + request)
        return subprocess.Popen([self.build / "bench/bench-load", "--port", str(server.port), "--connections",
                                 str(connections), "--seconds", "60", "--list", path], stdout=subprocess.DEVNULL)

    def slow_reader(self, server, request):
        """Asks for all, and takes nothing."""
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", server.port))
        one.sendall(request)
        return one

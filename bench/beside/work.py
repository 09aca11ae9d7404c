"""The workloads.  Each checks the answers before it believes a time: a wrong answer is not
fast, it is Wrong.  One that is not done within its cap is Late."""
import html
import json
import secrets
import statistics
import subprocess
import urllib.parse

import cards
from client import Late, VCARD, XML

DAVNS = ('xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav" '
         'xmlns:S="http://calendarserver.org/ns/"')
POLL = f"<D:propfind {DAVNS}><D:prop><S:getctag/><D:sync-token/></D:prop></D:propfind>"
ETAGS = f"<D:propfind {DAVNS}><D:prop><D:getetag/></D:prop></D:propfind>"
BATCH = 100
REPEATS = 3
NEW_CARDS = 12_000
CAP_SECONDS = 25  # what one workload may take of a slow server
WRONG_PART = 0.9  # of the right answer's size: less is not the same answer


class Wrong(Exception):
    """The server answered, but not what was asked."""


def sync_report(token="", data=False):
    return (f"<D:sync-collection {DAVNS}><D:sync-token>{html.escape(token)}</D:sync-token><D:sync-level>1"
            f"</D:sync-level><D:prop><D:getetag/>{'<C:address-data/>' if data else ''}</D:prop></D:sync-collection>")


def multiget(hrefs):
    return (f"<C:addressbook-multiget {DAVNS}><D:prop><D:getetag/><C:address-data/></D:prop>"
            + "".join(f"<D:href>{href}</D:href>" for href in hrefs) + "</C:addressbook-multiget>")


def query(text):
    return (f'<C:addressbook-query {DAVNS}><D:prop><D:getetag/><C:address-data/></D:prop><C:filter '
            f'test="anyof"><C:prop-filter name="FN"><C:text-match collation="i;unicode-casemap" '
            f'match-type="contains">{text}</C:text-match></C:prop-filter></C:filter></C:addressbook-query>')


def cards_in(answer):
    return [(href, one) for href, one in answer.responses() if href.endswith(".vcf")]


class Work:
    def __init__(self, server, build, folder, count, seconds):
        self.server, self.build, self.folder, self.count = server, build, folder, count
        self.seconds = CAP_SECONDS / 2 if server.slow else seconds
        self.cap = CAP_SECONDS if server.slow else 120
        self.client = server.client(self.cap)

    # --- the loader ---

    def listed(self, name, requests):
        path = self.folder / f"{self.server.name}-{name}"
        with open(path, "wb") as file:
            for one in requests:
                file.write(b"%d\n" % len(one) + one)
        return path

    def load(self, path, connections=8, passes=0, seconds=None):
        words = [self.build / "bench/bench-load", "--port", self.server.port, "--connections", connections,
                 "--seconds", round(seconds or self.seconds), "--list", path, "--passes", passes,
                 "--quickack", int(self.server.quickack)]
        done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        if not said["requests"]:
            raise Late("not one answer")
        return said

    def rate(self, name, requests, right):
        """Requests a second, all of them answered as one known to be right was."""
        said = self.load(self.listed(name, requests))
        # Some close without a word and are asked again; ours has no such excuse.
        if said["not_2xx"] or (said["broken"] and self.server.name == "kith"):
            raise Wrong(f"{name}: {said}")
        if said["smallest"] < right * WRONG_PART:
            raise Wrong(f"{name}: {said['smallest']} bytes where {right} are right")
        return said["per_second"]

    def raw(self, *request):
        return self.client.raw(*request)

    # --- filling ---

    def fill(self):
        if self.server.fill(self.count):
            return
        book = self.server.book
        path = self.listed("fill", (self.raw("PUT", book + cards.name(n), cards.card(n), VCARD)
                                    for n in range(self.count)))
        said = self.load(path, passes=1, seconds=600)
        path.unlink()
        if said["not_2xx"] or len(self.listing()) != self.count:
            raise Wrong(f"filling: {said}, {len(self.listing())} cards")

    def listing(self):
        self.client.wait = 600
        found = cards_in(self.client.ask("PROPFIND", self.server.book, ETAGS, XML + ("Depth: 1",)))
        self.client.wait = self.cap
        return found

    # --- W1, W6, W5 ---

    def poll(self):
        said = self.client.ask("PROPFIND", self.server.book, POLL, XML + ("Depth: 0",))
        if said.status != 207 or not (said.text_of("getctag") or said.text_of("sync-token")):
            raise Wrong(f"poll: {said.status} {said.body[:300]!r}")
        return self.rate("poll", [self.raw("PROPFIND", self.server.book, POLL, XML + ("Depth: 0",))],
                         len(said.body))

    def get(self):
        numbers = [n for n in range(0, self.count, 7) if n % 10 != 3]
        said = self.client.ask("GET", self.server.book + cards.name(numbers[1]))
        if said.status != 200 or f"UID:c-{numbers[1]:08d}".encode() not in said.body:
            raise Wrong(f"GET: {said.status}")
        return self.rate("get", [self.raw("GET", self.server.book + cards.name(n)) for n in numbers], 300)

    def search(self):
        words = [cards.needle(n) for n in range(max(1, min(cards.NEEDLES, self.count // (97 * cards.HITS))))]
        sizes = []
        for word in words[:2] if self.server.slow else words:
            said = self.client.ask("REPORT", self.server.book, query(word), XML + ("Depth: 1",))
            found = [one for _, one in cards_in(said) if word.encode() in one]
            if said.status != 207 or len(found) != cards.HITS or len(cards_in(said)) != cards.HITS:
                raise Wrong(f"search: {said.status}, {len(found)} of {cards.HITS} found: "
                            f"{said.body[:300]!r}")
            sizes.append(len(said.body))
        return self.rate("search", [self.raw("REPORT", self.server.book, query(word), XML + ("Depth: 1",))
                                    for word in words], min(sizes))

    # --- W2 ---

    def whole(self, what, method, body, depth, data):
        said = self.client.ask(method, self.server.book, body, XML + (f"Depth: {depth}",))
        found = len(cards_in(said))
        if said.status != 207 or found < self.count:
            raise Wrong(f"{what}: {said.status}, {found} of {self.count}: {said.body[:200]!r}")
        if data and said.body.count(b"BEGIN:VCARD") < self.count:
            raise Wrong(f"{what}: cards without their data")
        if data:
            self.full_body = said.body
        return said

    def again(self, *what):
        """The median of some: one answer of tens of milliseconds says little."""
        return statistics.median(self.whole(*what).seconds for _ in range(1 if self.server.slow else REPEATS))

    def propfind(self):
        return self.again("PROPFIND 1", "PROPFIND", ETAGS, 1, False)

    def etags(self):
        return self.again("sync", "REPORT", sync_report(), 0, False)

    def full(self):
        return self.again("full sync", "REPORT", sync_report(data=True), 0, True)

    def multigets(self):
        book, seconds = self.server.book, 0.0
        for first in range(0, self.count, BATCH):
            numbers = range(first, min(first + BATCH, self.count))
            said = self.client.ask("REPORT", book, multiget(book + cards.name(n) for n in numbers),
                                   XML + ("Depth: 1",))
            if said.status != 207 or said.body.count(b"BEGIN:VCARD") != len(numbers):
                raise Wrong(f"multiget: {said.status}")
            seconds += said.seconds
            if seconds / (numbers.stop / self.count) > 4 * self.cap or seconds > self.cap:
                raise Late("multiget")
        return seconds

    # --- W3 ---

    def cycles(self):
        client, book, times = self.client, self.server.book, []
        said = client.ask("REPORT", book, sync_report(), XML + ("Depth: 0",))
        token = said.text_of("sync-token")
        if not token:
            raise Wrong(f"no sync-token: {said.status} {said.body[:200]!r}")
        for cycle in range(60):
            name = cards.name((cycle * 61 + 7) % self.count // 10 * 10)
            body = cards.card(int(name[2:-4]), note=f"changed {cycle} {secrets.token_hex(4)} ")
            put = client.ask("PUT", book + name, body, VCARD)
            delta = client.ask("REPORT", book, sync_report(html.unescape(token)), XML + ("Depth: 0",))
            found = [urllib.parse.unquote(href.rsplit("/", 1)[1]) for href, _ in cards_in(delta)]
            if put.status not in (200, 201, 204) or delta.status != 207 or name not in found \
                    or len(found) > cycle + 1:  # tokens of whole seconds bring some again
                raise Wrong(f"delta: {put.status} {delta.status} {found[:3]}")
            token = delta.text_of("sync-token")
            times.append((put.seconds + delta.seconds) * 1000)
            if sum(times) > self.cap * 400:
                break
        return statistics.median(times)

    # --- W4 ---

    def put8(self):
        return self.puts(8)

    def put64(self):
        return self.puts(64)

    def puts(self, connections):
        run, book = secrets.token_hex(3), self.server.book
        count = 400 if self.server.slow else NEW_CARDS
        names = [cards.name(n, run) for n in range(count)]
        path = self.listed("put", (self.raw("PUT", book + name, cards.card(n, run, needles=False),
                                            VCARD + ("If-None-Match: *",)) for n, name in enumerate(names)))
        before = len(self.listing())
        said = self.load(path, connections, passes=1)
        path.unlink()
        added = len(self.listing()) - before  # those under way at the end may have come too
        removed = self.load(self.listed("remove", [self.raw("DELETE", book + name) for name in
                                                   names[:said["requests"] + connections]]),
                            passes=1, seconds=300)
        if said["not_2xx"] > said["broken"] or not said["requests"] <= added + said["broken"] <= \
                said["requests"] + connections + said["broken"]:
            raise Wrong(f"PUT: {said}, {added} more cards")
        del removed
        return (said["requests"] - said["not_2xx"]) * said["per_second"] / said["requests"]

    # --- W7 ---

    def memory(self):
        from servers import pss_mib
        return pss_mib(self.server.pids())

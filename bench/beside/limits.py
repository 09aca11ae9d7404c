"""What the machine itself can: the bare loop, nginx with the same bytes, the disk."""
import os
import re
import subprocess
import time

import cards
from client import Client
from servers import Server, Skip, needed

SECONDS = 3


class Nginx(Server):
    """Files as they are: one card, and the body of a full sync."""
    name = "nginx"

    def start(self, files):
        needed("/usr/sbin/nginx")
        for name, body in files.items():
            (self.folder / name).write_bytes(body)
        temps = "".join(f" {kind}_temp_path {self.folder}/t-{kind};" for kind in
                        ("client_body", "fastcgi", "proxy", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(
            ("user root;" if os.getuid() == 0 else "") + "daemon off; worker_processes 2; "
            f"pid {self.folder}/pid; error_log {self.folder}/log; events {{ worker_connections 512; }}\n"
            f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;{temps}\n"
            f" server {{ listen 127.0.0.1:{self.port}; root {self.folder}; }} }}\n")
        self.wait_for(self.port, self.spawn("/usr/sbin/nginx", "-c", self.folder / "nginx.conf"))


def loaded(build, port, path):
    import json
    done = subprocess.run([build / "bench/bench-load", "--port", str(port), "--seconds", str(SECONDS),
                           "--path", path], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["not_2xx"] == said["broken"] == 0, said
    return said["per_second"]


def bare_loop(run):
    hello = subprocess.Popen([run.build / "bench/bench-hello"], stdout=subprocess.PIPE, text=True)
    try:
        port = re.search(r"http://[\d.]+:(\d+)", hello.stdout.readline())[1]
        return loaded(run.build, port, "/")
    finally:
        hello.terminate()
        hello.wait(10)


def nginx(run):
    """Started once; kept among the servers, so that it ends with them."""
    if not hasattr(run, "nginx"):
        work = run.works["kith"]
        work.full()
        run.nginx = Nginx(run.folder, run.build)
        run.servers.append(run.nginx)
        run.nginx.start({"card": cards.card(1), "full": work.full_body})
    return run.nginx


def nginx_get(run):
    try:
        return loaded(run.build, nginx(run).port, "/card")
    except Skip as why:
        raise OSError(str(why)) from None


def nginx_full(run):
    client = Client(nginx(run).port)
    return min(client.ask("GET", "/full").seconds for _ in range(5))


def one_by_one(run):
    """Cards committed to the same kind of store by one caller, each on the disk before the next."""
    folder = run.folder / f"commits-{time.monotonic_ns()}"
    done = subprocess.run([run.build / "bench/bench-commits", folder], capture_output=True, check=True)
    return float(done.stdout)


def appends(run):
    """4 KiB appended and made durable, one by one."""
    count, block = 0, b"x" * 4096
    with open(run.folder / "appends", "wb", buffering=0) as file:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            file.write(block)
            os.fdatasync(file.fileno())
            count += 1
    return count / SECONDS


ALL = {"bare loop": bare_loop, "nginx, one card": nginx_get, "nginx, same bytes": nginx_full,
       "disk, one by one": appends, "commits, one by one": one_by_one}
UNITS = {"bare loop": "/s", "nginx, one card": "/s", "nginx, same bytes": " s",
         "disk, one by one": "/s", "commits, one by one": "/s"}

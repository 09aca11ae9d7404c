"""The pages in a real browser: test/browser/ does the looking, with one browser for all of it; here
the server is filled and every check of its is a test. What failed is kept as a picture in
BUILD/browser-failures/. A check that fails is made once more, alone, in a new browser and on the same
server: pages also wait for a busy machine, and one that is right the second time is said to be
unsteady, not wrong."""
import json
import pathlib
import queue
import shutil
import subprocess
import threading
import warnings

import pytest

import filled
from kith import KITH, Kith

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "test/browser"
FAILURES = pathlib.Path(KITH).resolve().parent / "browser-failures"
SECONDS_A_CHECK = 120


def checks():
    try:
        filled.npm_modules()
        done = subprocess.run(["node", SCRIPTS / "run.mjs", "--list"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)
    except (OSError, subprocess.CalledProcessError) as trouble:
        return [f"node does not run: {trouble}"]


def pytest_generate_tests(metafunc):
    metafunc.parametrize("check", checks())


class Run:
    """One browser; what it says, as it says it."""

    def __init__(self, world, names, folder):
        filled.write(world, folder / "world.json")
        self.said, self.lines = {}, queue.Queue()
        self.errors = (folder / "node.log").open("w+")
        self.process = subprocess.Popen(["node", SCRIPTS / "run.mjs", folder / "world.json", FAILURES], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)
        self.process.stdin.write(json.dumps(names))
        self.process.stdin.close()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def of(self, check):
        while check not in self.said:
            line = self.lines.get(timeout=SECONDS_A_CHECK)
            if not line:
                self.lines.put(None)
                self.errors.seek(0)
                raise AssertionError(f"the browser ended before it: {self.errors.read()}")
            self.said[line["check"]] = line["wrong"]
        return self.said[check]

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.errors.close()


@pytest.fixture(scope="module")
def run(request, tmp_path_factory):
    shutil.rmtree(FAILURES, ignore_errors=True)
    folder = tmp_path_factory.mktemp("browser")
    kith = Kith(folder / "kith")
    wanted = [item.callspec.params["check"] for item in request.session.items if item.path == pathlib.Path(__file__)]
    runs = []
    try:
        world = filled.fill(kith)

        def look(checks):
            runs.append(Run(world, checks, folder))
            return runs[-1]

        yield look(wanted), look
    finally:
        for one in runs:
            one.stop()
        kith.stop()


def test_browser(run, check):
    first, look = run
    wrong = first.of(check)
    if wrong:
        again = look([check]).of(check)
        if not again:
            warnings.warn(f"unsteady: {check}: {wrong}")
        wrong = again
    assert not wrong, "\n".join(wrong) + f"\n(pictures of failures: {FAILURES})"

"""What the documents say is tested, is: every test they name stands in the tree."""
import functools
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ["docs/requirements.md", "docs/conformance.md", "docs/asking.md", "docs/asking.zh-CN.md"]


def exists(name):
    """A file of the tree, a pytest in a file, a unit test with a part of its own, or a wire file."""
    if "::" in name:
        path, test = name.split("::", 1)
        path = path if path.startswith("test/") else f"test/end/{path}"
        path = path if path.endswith(".py") else path + ".py"
        return (ROOT / path).exists() and re.search(rf"^def {re.escape(test)}\(", (ROOT / path).read_text(), re.M)
    if ": " in name:
        path, part = name.split(": ", 1)
        file = ROOT / f"src/{path}.c"
        return file.exists() and f'"{part}"' in file.read_text()
    if name.startswith("test/"):
        return (ROOT / name).exists()
    return (ROOT / f"src/{name}.c").exists()


@functools.cache
def named_in(path):
    """Code spans that look like a test, and what follows the word fuzz."""
    text = (ROOT / path).read_text()
    spans = [span for span in re.findall(r"`([^`\n]+)`", text)
             if "::" in span or re.match(r"\w+/test_\w+", span) or span.startswith("test/")]
    return [span for span in spans if "NAME" not in span]


@pytest.mark.parametrize("path", DOCS)
def test_every_test_a_document_names_exists(path):
    missing = [name for name in named_in(path) if not exists(name)]
    assert missing == []
    assert named_in(path), "a document that names no test says nothing"


def test_every_wire_and_fuzz_name_of_the_conformance_table_exists():
    text = (ROOT / "docs/conformance.md").read_text()
    wires = {file.stem for file in (ROOT / "test/wire").glob("*.wire")}
    fuzzers = {file.stem for file in (ROOT / "fuzz").glob("*.c")}
    for row in re.findall(r"^\|.*\|$", text, re.M):
        cells = [cell.strip() for cell in re.sub(r"`[^`]*`", "", row).split("|")[1:-1]]
        for name in re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b(?!\*)", cells[-1]):
            assert name in wires | fuzzers or any(w.startswith(name) for w in wires), (name, row)


@pytest.mark.parametrize("letter, last", [("A", 15), ("B", 18)])
def test_every_row_of_the_requirements_stands_there_once(letter, last):
    text = (ROOT / "docs/requirements.md").read_text()
    rows = re.findall(rf"^\| {letter}(\d+) \|(.*)\|$", text, re.M)
    assert [int(number) for number, _ in rows] == list(range(1, last + 1))
    for number, row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        assert all(cells), f"{letter}{number}"
        assert re.search(r"`[^`]*test_|not yet", cells[-1]), f"{letter}{number} names no test"


def test_every_threat_and_every_acceptance_test_stands_there():
    text = (ROOT / "docs/requirements.md").read_text()
    threats = (ROOT / "test/end/test_threats.py").read_text()
    acceptance = (ROOT / "test/end/test_acceptance.py").read_text()
    for number in range(1, 26):
        assert f"def test_row_{number:02}_" in threats
        assert f"test_threats::test_row_{number:02}_" in text
    for number in range(1, 13):
        assert f"def test_acceptance_{number:02}_" in acceptance
        assert f"test_acceptance::test_acceptance_{number:02}_" in text

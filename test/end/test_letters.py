"""Letters while courier, mail server and SMS gateway are killed: none lost, none doubled."""
import pytest

from letters import Run

LETTERS, KILLS, SECONDS = 300, 3, 60


@pytest.fixture
def run(kith, tmp_path):
    (tmp_path / "far").mkdir()
    running = Run(kith, tmp_path / "far", LETTERS, KILLS)
    running.begin()
    yield running
    running.end()


def test_no_letter_is_lost_or_doubled_while_everything_is_killed(run):
    run.work(SECONDS)
    told = run.told()
    assert run.killed["courier"] == KILLS and run.killed["sink"] and run.killed["gateway"], told
    assert told["waiting"] == 0, told
    assert told["mail lost"] == told["SMS lost"] == 0, told
    # By Message-ID, as a mail server tells twins.
    assert told["mail doubled"] == 0, told
    # At most the one letter under way at each death comes again.
    assert told["mail again, same Message-ID"] + told["SMS doubled"] <= 2 * KILLS, told
    assert told["SMS handed over again"] <= 2 * KILLS, told

"""What the end-to-end tests share: a real server in a temporary folder, real gateways."""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from kith import Kith  # noqa: E402
from mailserver import MailServer  # noqa: E402
from mm7relay import MmsRelay  # noqa: E402
from smsgateway import SmsGateway  # noqa: E402


@pytest.fixture
def kith(tmp_path):
    """A server that the test starts when it has written its configuration."""
    server = Kith(tmp_path / "kith")
    yield server
    server.stop()


@pytest.fixture
def sms(tmp_path):
    (tmp_path / "sms").mkdir()
    gateway = SmsGateway(tmp_path / "sms")
    yield gateway
    gateway.stop()


@pytest.fixture
def mms():
    """A relay that listens once the test starts it, when the server's address is known."""
    relay = MmsRelay()
    yield relay
    relay.stop()


@pytest.fixture
def mail(tmp_path_factory):
    # Postfix wants a path its own user can walk, and one short enough for its sockets.
    import tempfile
    import shutil
    folder = tempfile.mkdtemp(prefix="kith-mail-")
    server = MailServer(folder).start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)

"""A real mail server of the test's own: Postfix from Debian, on a high port, everything it
writes in one temporary folder. Needs root, as any Postfix does; without it sudo is asked."""
import os
import pathlib
import pwd
import shutil
import subprocess
import time

from ports import free_port

MAIN = """\
compatibility_level = 3.6
queue_directory = {dir}/spool
data_directory = {dir}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {dir}/mail.log
maillog_file_prefixes = {dir}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.test
mydestination =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.com
virtual_mailbox_base = {dir}/mail
virtual_mailbox_maps = inline:{{ lisi@example.com=lisi/, zhangsan@example.com=zhangsan/ }}
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = yes
smtputf8_enable = yes
relay_domains = kith.test
recipient_delimiter = +
transport_maps = inline:{{ kith.test=kith: }}
kith_destination_recipient_limit = 1
"""

MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
flush unix n - n 1000? 0 flush
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
kith unix - n n - - pipe flags=DOR user=nobody argv={dir}/bin/kith deliver --conf {dir}/kith.conf --data {data}
"""


def as_root(*command):
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return subprocess.run([*sudo, *command], capture_output=True, text=True)


class MailServer:
    def __init__(self, folder):
        self.dir = pathlib.Path(folder)
        self.port = free_port()
        owner = pwd.getpwnam("postfix")
        for name in ("conf", "spool", "data", "mail"):
            (self.dir / name).mkdir()
        self.dir.chmod(0o755)
        self.values = {"dir": self.dir, "port": self.port, "uid": owner.pw_uid, "gid": owner.pw_gid,
                       "data": "/nonexistent"}
        (self.dir / "conf/main.cf").write_text(MAIN.format(**self.values))
        (self.dir / "conf/master.cf").write_text(MASTER.format(**self.values))
        for name in ("data", "mail"):
            as_root("chown", "postfix", self.dir / name)

    def start(self):
        done = as_root("postfix", "-c", self.dir / "conf", "start")
        assert done.returncode == 0, done.stderr + self.log()
        return self

    def stop(self):
        as_root("postfix", "-c", self.dir / "conf", "stop")
        if os.geteuid() != 0:
            as_root("chown", "-R", str(os.getuid()), self.dir)

    def deliver_to(self, kith, program):
        """What comes to kith.test is piped into kith deliver: by nobody, as Postfix runs no
        program as root or as itself; so that server's files are opened to him."""
        (self.dir / "bin").mkdir()
        shutil.copy(program, self.dir / "bin/kith")
        (self.dir / "kith.conf").write_text(kith.conf.read_text() + f"[server]\nurl = {kith.url}\n")
        data = self.dir / "kith-data"
        data.symlink_to(kith.data)
        for folder in kith.data.resolve().parents:
            if folder.stat().st_uid == os.geteuid() and folder != pathlib.Path("/"):
                folder.chmod(folder.stat().st_mode | 0o011)
        kith.data.chmod(0o777)
        for file in kith.data.iterdir():
            file.chmod(0o666)
        (self.dir / "conf/master.cf").write_text(MASTER.format(**self.values | {"data": data}))
        done = as_root("postfix", "-c", self.dir / "conf", "reload")
        assert done.returncode == 0, done.stderr + self.log()

    def log(self):
        log = self.dir / "mail.log"
        return log.read_text() if log.exists() else ""

    def messages(self, box="lisi"):
        return [p.read_bytes() for p in sorted((self.dir / "mail" / box / "new").glob("*"))] \
            if (self.dir / "mail" / box / "new").exists() else []

    def wait_for_mail(self, count=1, seconds=30, box="lisi"):
        for _ in range(seconds * 10):
            if len(self.messages(box)) >= count:
                return self.messages(box)
            time.sleep(0.1)
        raise AssertionError("no mail arrived:\n" + self.log())


def is_installed():
    return shutil.which("postfix") is not None

"""Apple's configuration profile, signed: what `openssl cms` says of it."""
import http.client
import plistlib
import subprocess
import urllib.parse

import pytest

from test_webapp import begin


def openssl(*args, status=0):
    done = subprocess.run(["openssl", *map(str, args)], capture_output=True)
    assert done.returncode == status, done.stderr.decode()
    return done.stdout


class Authority:
    """A root, a certificate between, and one that signs; the root is what a device trusts."""

    def __init__(self, folder, kind):
        self.folder = folder
        folder.mkdir()
        algorithm = {"ec": ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"], "rsa": ["rsa:2048"]}[kind]
        self.algorithm = ["-newkey", *algorithm, "-noenc"]
        openssl("req", "-x509", *self.algorithm, "-keyout", self.key("root"), "-out", self.pem("root"), "-days", 30,
                "-subj", "/CN=Root")
        self.issue("between", "root", "basicConstraints=critical,CA:true")
        self.issue("leaf", "between", "keyUsage=digitalSignature\nextendedKeyUsage=emailProtection")
        self.chain = folder / "chain.pem"
        self.chain.write_bytes(self.pem("leaf").read_bytes() + self.pem("between").read_bytes())

    def key(self, name):
        return self.folder / f"{name}.key"

    def pem(self, name):
        return self.folder / f"{name}.pem"

    def issue(self, name, by, extensions):
        request, about = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        about.write_text(extensions + "\n")
        openssl("req", *self.algorithm, "-keyout", self.key(name), "-out", request, "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", request, "-CA", self.pem(by), "-CAkey", self.key(by), "-CAcreateserial",
                "-out", self.pem(name), "-days", 30, "-extfile", about)


def conf(key, certificate):
    return f"[server]\nprofile_key = {key}\nprofile_certificate = {certificate}\n"


def profile_of(owner, kith):
    connection = http.client.HTTPConnection(*urllib.parse.urlsplit(kith.url).netloc.split(":"), timeout=60)
    connection.request("GET", "/setup/kith.mobileconfig", headers={"Cookie": owner.cookie})
    answer = connection.getresponse()
    assert answer.status == 200 and answer.getheader("Content-Type") == "application/x-apple-aspen-config"
    return answer.read()


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_profile_is_signed_up_to_its_authority(kith, tmp_path, kind):
    authority = Authority(tmp_path / "ca", kind)
    kith.write_conf(conf(authority.key("leaf"), authority.chain))
    owner = begin(kith)
    der = tmp_path / "kith.mobileconfig"
    der.write_bytes(profile_of(owner, kith))
    # Only the root is known to the device: the one between came along.
    verified = openssl("cms", "-verify", "-inform", "DER", "-in", der, "-CAfile", authority.pem("root"))
    assert plistlib.loads(verified)["PayloadContent"][0]["CardDAVUsername"] == "zhangsan"
    other = Authority(tmp_path / "other", "ec")
    openssl("cms", "-verify", "-inform", "DER", "-in", der, "-CAfile", other.pem("root"), status=4)
    changed = tmp_path / "changed"
    changed.write_bytes(der.read_bytes().replace(b"zhangsan", b"lisilisi"))
    openssl("cms", "-verify", "-inform", "DER", "-in", changed, "-CAfile", authority.pem("root"), status=4)


def test_a_renewed_certificate_is_used_and_a_broken_one_told(kith, tmp_path):
    authority = Authority(tmp_path / "ca", "ec")
    kith.write_conf(conf(authority.key("leaf"), authority.chain))
    owner = begin(kith)
    first = profile_of(owner, kith)
    authority.issue("leaf", "between", "keyUsage=digitalSignature")
    authority.chain.write_bytes(authority.pem("leaf").read_bytes() + authority.pem("between").read_bytes())
    der = tmp_path / "kith.mobileconfig"
    der.write_bytes(profile_of(owner, kith))
    serials = [openssl("x509", "-noout", "-serial", "-in", authority.pem("leaf"))]
    openssl("cms", "-verify", "-inform", "DER", "-in", der, "-CAfile", authority.pem("root"), "-signer", tmp_path / "signer.pem")
    assert [openssl("x509", "-noout", "-serial", "-in", tmp_path / "signer.pem")] == serials
    assert first != der.read_bytes()
    authority.chain.write_text("nothing")
    assert plistlib.loads(profile_of(owner, kith))["PayloadType"] == "Configuration"
    assert "a profile goes out unsigned: it holds no certificate" in kith.errors()


def test_a_signer_that_cannot_sign_is_told_at_the_start(kith, tmp_path):
    authority = Authority(tmp_path / "ca", "ec")
    locked = tmp_path / "locked.key"
    openssl("pkey", "-in", authority.key("leaf"), "-aes256", "-passout", "pass:secret", "-out", locked)
    crowd = tmp_path / "crowd.pem"
    crowd.write_bytes(authority.pem("leaf").read_bytes() * 10)
    torn = tmp_path / "torn.pem"
    torn.write_bytes(authority.chain.read_bytes()[:-200] + b"\n-----END CERTIFICATE-----\n")
    leaf, chain = authority.key("leaf"), authority.chain
    for key, certificate, words in (
            (leaf, "", "are set together or not at all"), ("", chain, "are set together or not at all"),
            (tmp_path / "none", chain, "it cannot be read"), (leaf, tmp_path / "none", "it cannot be read"),
            (chain, chain, "it holds no private key"), (locked, chain, "one with a passphrase"),
            (leaf, leaf, "it holds no certificate"), (leaf, torn, "a certificate in it cannot be read"),
            (leaf, authority.pem("root"), "is not that of the key"), (leaf, crowd, "more certificates than make sense")):
        kith.write_conf(conf(key, certificate))
        told = kith.run("serve", *kith.place, "--listen", "127.0.0.1:0", status=1)
        assert words in told, (words, told)

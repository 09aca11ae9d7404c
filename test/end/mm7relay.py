"""An operator's MMS relay of the test's own, spoken to by MM7 (3GPP TS 23.140 release 6): takes
SubmitReq as strictly as the schema has it, and sends delivery reports and messages back."""
import base64
import email
import email.policy
import http.client
import http.server
import re
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from ports import free_port

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MM7 = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
NUMBER, USER, PASSWORD, VASPID, VASID = "10690000", "kith", "sekret", "vasp-1", "kith-1"

# The children of a SubmitReq in the schema's order, and whether this operator insists on them.
SUBMIT = {"MM7Version": True, "SenderIdentification": True, "Recipients": True,
          "ServiceCode": False, "LinkedID": False, "MessageClass": False, "TimeStamp": False,
          "ReplyCharging": False, "EarliestDeliveryTime": False, "ExpiryDate": False,
          "DeliveryReport": False, "ReadReply": False, "Priority": False, "Subject": False,
          "ChargedParty": False, "ChargedPartyID": False, "DistributionIndicator": False,
          "DeliveryCondition": False, "ApplicID": False, "ReplyApplicID": False,
          "AuxApplicInfo": False, "ContentClass": False, "DRMContent": False, "Content": True}
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
VALUES = {"MM7Version": r"6\.\d+\.\d+", "ServiceCode": r".+", "TimeStamp": MOMENT,
          "MessageClass": "Personal|Informational|Advertisement|Auto", "ExpiryDate": MOMENT,
          "DeliveryReport": "true|false|1|0", "ReadReply": "true|false|1|0",
          "Priority": "Normal|High|Low", "Subject": r".{1,40}",
          "DistributionIndicator": "true|false|1|0"}


class Wrong(Exception):
    """What the schema or the binding does not allow."""


def insist(truth, words):
    if not truth:
        raise Wrong(words)


@dataclass
class Mms:
    """One message that was taken."""
    id: str
    to: str
    text: str
    subject: str
    transaction: str
    report: bool
    parts: list = field(default_factory=list)


def local(element):
    return element.tag.rpartition("}")[2]


def value(element, name):
    at = element.find(f"{{{MM7}}}{name}")
    return None if at is None else (at.text or "")


def read_multipart(content_type, body):
    message = email.message_from_bytes(b"Content-Type: " + content_type.encode("ascii")
                                       + b"\r\n\r\n" + body, policy=email.policy.HTTP)
    for part in message.walk():
        insist(not part.defects, f"defects: {part.defects}")
    insist(message.is_multipart(), "no multipart")
    return message


def read_envelope(message):
    parts = message.get_payload()
    insist(message.get_content_type() == "multipart/related", message.get_content_type())
    insist(message.get_param("type") == "text/xml", "type= names another root")
    insist(message.get_param("start") == parts[0]["Content-ID"], "start= names another part")
    insist(len(parts) == 2, f"{len(parts)} parts")
    insist(parts[0].get_content_type() == "text/xml", parts[0].get_content_type())
    insist(parts[0].get_content_charset() == "utf-8", "the envelope's charset")
    return ET.fromstring(parts[0].get_payload(decode=True))


def read_header(envelope):
    insist(envelope.tag == f"{{{SOAP}}}Envelope", envelope.tag)
    insist([local(e) for e in envelope] == ["Header", "Body"], "Header, then Body")
    header, body = envelope
    insist(len(header) == 1 and header[0].tag == f"{{{MM7}}}TransactionID", "TransactionID")
    insist(header[0].get(f"{{{SOAP}}}mustUnderstand") == "1", "mustUnderstand")
    insist(header[0].text, "an empty TransactionID")
    insist(len(body) == 1, "one request")
    return header[0].text, body[0]


def check_order(submit):
    names = [local(e) for e in submit]
    order = list(SUBMIT)
    insist(submit.tag == f"{{{MM7}}}SubmitReq", submit.tag)
    insist(all(e.tag.startswith(f"{{{MM7}}}") for e in submit.iter()), "a foreign namespace")
    insist(set(names) <= set(order), f"unknown: {set(names) - set(order)}")
    insist(names == sorted(names, key=order.index), f"order: {names}")
    insist(len(names) == len(set(names)), f"twice: {names}")
    insist(all(n in names for n, needed in SUBMIT.items() if needed), f"missing of: {names}")
    for element in submit:
        pattern = VALUES.get(local(element))
        insist(not pattern or re.fullmatch(pattern, element.text or ""),
               f"{local(element)}: {element.text!r}")


def check_sender(submit):
    sender = submit.find(f"{{{MM7}}}SenderIdentification")
    insist([local(e) for e in sender] == ["VASPID", "VASID", "SenderAddress"], "the sender")
    insist(value(sender, "VASPID") == VASPID and value(sender, "VASID") == VASID, "who?")
    insist([(local(e), e.text) for e in sender[2]] == [("ShortCode", NUMBER)], "the short code")


def read_recipient(submit):
    recipients = submit.find(f"{{{MM7}}}Recipients")
    insist([local(e) for e in recipients.iter()] == ["Recipients", "To", "Number"], "receivers")
    number = recipients[0][0].text
    insist(re.fullmatch(r"\+\d{5,15}", number), number)
    return number


def check_pages(content):
    """SMIL may only speak of what is there."""
    root = content.get_payload()[0]
    insist(content.get_param("start") == root["Content-ID"], "the content's start=")
    insist(root.get_content_type() == content.get_param("type") == "application/smil", "SMIL")
    ids = {f"cid:{part['Content-ID'].strip('<>')}" for part in content.get_payload()}
    pages = ET.fromstring(root.get_payload(decode=True))
    regions = {e.get("id") for e in pages.iter("region")}
    shown = [e for e in pages.iter() if e.get("src")]
    insist(shown, "SMIL shows nothing")
    insist(all(e.get("src") in ids and e.get("region") in regions for e in shown), "SMIL's src")


def read_content(submit, content):
    href = submit.find(f"{{{MM7}}}Content").get("href")
    insist(href == f"cid:{content['Content-ID'].strip('<>')}", f"Content refers to {href}")
    insist(content.get_content_maintype() == "multipart", content.get_content_type())
    check_pages(content)
    parts = content.get_payload()[1:]
    ids = [part["Content-ID"] for part in parts]
    insist(len(ids) == len(set(ids)) and all(ids), f"Content-IDs: {ids}")
    insist(parts and parts[0].get_content_type() == "text/plain", "the text comes first")
    insist(parts[0].get_content_charset() == "utf-8", "the text's charset")
    return [(p.get_content_type(), p.get_param("name"), p.get_payload(decode=True)) for p in parts]


def read_submit(handler, body):
    fields = handler.headers
    login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    insist(fields["SOAPAction"] == '""', f"SOAPAction: {fields['SOAPAction']}")
    insist(fields["Authorization"] == f"Basic {login}", "who?")
    message = read_multipart(fields["Content-Type"], body)
    transaction, submit = read_header(read_envelope(message))
    check_order(submit)
    check_sender(submit)
    parts = read_content(submit, message.get_payload()[1])
    return Mms(id="", to=read_recipient(submit), text=parts[0][2].decode("utf-8"),
               subject=value(submit, "Subject"), transaction=transaction,
               report=value(submit, "DeliveryReport") == "true", parts=parts[1:])


def envelope_of(transaction, inner):
    return (f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{SOAP}">'
            f'<soapenv:Header><mm7:TransactionID xmlns:mm7="{MM7}" soapenv:mustUnderstand="1">'
            f'{escape(transaction)}</mm7:TransactionID></soapenv:Header><soapenv:Body>{inner}'
            f'</soapenv:Body></soapenv:Envelope>').encode()


def status_of(code, words=""):
    return (f"<MM7Version>6.8.0</MM7Version><Status><StatusCode>{code}</StatusCode>"
            f"<StatusText>{escape(words)}</StatusText></Status>")


class MmsRelay:
    """code: what every SubmitReq is answered by; None: a SOAP fault. late: seconds before."""

    def __init__(self):
        self.port, self.code, self.late = free_port(), 1000, 0
        self.taken, self.wrong, self.asked, self.server = [], [], 0, None
        self.hook = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/mms/mm7"

    def start(self, hook=None):
        self.hook = hook or self.hook
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                relay.submit(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def submit(self, handler, body):
        self.asked += 1
        time.sleep(self.late)
        try:
            mms = read_submit(handler, body)
        except (Wrong, ET.ParseError, UnicodeDecodeError) as wrong:
            self.wrong.append(str(wrong))
            return self.answer(handler, 500, self.fault("Client", 4004, str(wrong)))
        if self.code is None:
            return self.answer(handler, 500, self.fault("Server", 3000, "out of order"))
        return self.answer(handler, 200, self.take(mms))

    def take(self, mms):
        inner = status_of(self.code, "as told")
        if self.code < 2000:
            mms.id = f"mm7-{len(self.taken) + 1}@relay.test"
            self.taken.append(mms)
            inner += f"<MessageID>{mms.id}</MessageID>"
        return envelope_of(mms.transaction, f'<SubmitRsp xmlns="{MM7}">{inner}</SubmitRsp>')

    @staticmethod
    def fault(kind, code, words):
        return envelope_of("", f"<soapenv:Fault><faultcode>soapenv:{kind}</faultcode><faultstring>"
                               f'{escape(words)}</faultstring><detail><RSErrorRsp xmlns="{MM7}">'
                               f"{status_of(code)}</RSErrorRsp></detail></soapenv:Fault>")

    @staticmethod
    def answer(handler, status, body):
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "text/xml; charset=utf-8")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
        except OSError:
            pass  # he hung up

    def received(self, number):
        return [mms for mms in self.taken if mms.to == number]

    def wait_for(self, number, count, seconds=30):
        for _ in range(seconds * 10):
            assert self.wrong == []
            if len(self.received(number)) >= count:
                return self.received(number)
            time.sleep(0.1)
        raise AssertionError(f"{number} has only {self.received(number)}; {self.asked} asked")

    # --- what the relay posts ---

    def post(self, content_type, body, hook=None):
        """Status, the answer's name in the body, its StatusCode; the rest is checked here."""
        at = urllib.parse.urlsplit(hook or self.hook)
        connection = http.client.HTTPConnection(at.hostname, at.port, timeout=30)
        connection.request("POST", at.path, body,
                           {"Content-Type": content_type, "SOAPAction": '""'})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if not text or "xml" not in (answer.getheader("Content-Type") or ""):
            return answer.status, None, None
        envelope = ET.fromstring(text)
        said = envelope.find(f"{{{SOAP}}}Body")[0]
        codes = [e.text for e in said.iter(f"{{{MM7}}}StatusCode")]
        if local(said) != "Fault":
            assert read_header(envelope)[0] == "relay & 1"
            assert [local(e) for e in said] == ["MM7Version", "Status"]
        return answer.status, local(said), codes[0] if codes else None

    def report(self, mms, status):
        inner = (f'<DeliveryReportReq xmlns="{MM7}"><MM7Version>6.8.0</MM7Version>'
                 f"<MMSRelayServerID>relay.test</MMSRelayServerID><MessageID>{mms.id}</MessageID>"
                 f"<Recipient><Number>{mms.to}</Number></Recipient>"
                 f"<Sender><ShortCode>{NUMBER}</ShortCode></Sender>"
                 f"<Date>2026-11-23T08:00:00Z</Date><MMStatus>{status}</MMStatus>"
                 f"</DeliveryReportReq>")
        return self.post("text/xml; charset=utf-8", envelope_of("relay & 1", inner))

    def say(self, sender, text, files=(), hook=None):
        """Somebody sends us an MMS from his phone; files: (type, bytes)."""
        inner = (f'<DeliverReq xmlns="{MM7}"><MM7Version>6.8.0</MM7Version>'
                 f"<MMSRelayServerID>relay.test</MMSRelayServerID><LinkedID>l-1</LinkedID>"
                 f"<Sender><Number>{sender}</Number></Sender>"
                 f"<Recipients><To><ShortCode>{NUMBER}</ShortCode></To></Recipients>"
                 f"<TimeStamp>2026-11-23T08:00:00Z</TimeStamp><Priority>Normal</Priority>"
                 f'<Subject>hi</Subject><Content href="cid:all@phone"/></DeliverReq>')
        parts = [b"Content-Type: application/smil\r\n\r\n<smil/>",
                 b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64"
                 b"\r\n\r\n" + base64.encodebytes(text.encode())]
        parts += [b"Content-Type: " + kind.encode() + b"\r\n\r\n" + data for kind, data in files]
        content = b"".join(b"--inner\r\n" + part + b"\r\n" for part in parts) + b"--inner--\r\n"
        body = (b"--outer\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <env@relay>"
                b"\r\n\r\n" + envelope_of("relay & 1", inner) +
                b'\r\n--outer\r\nContent-Type: multipart/related; boundary="inner"\r\n'
                b"Content-ID: <all@phone>\r\n\r\n" + content + b"\r\n--outer--\r\n")
        return self.post('multipart/related; boundary="outer"; type="text/xml"; '
                         'start="<env@relay>"', body, hook)

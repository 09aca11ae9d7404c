/* smtp.c - one mail handed to a mail server (RFC 5321). */
#include <string.h>

#include "wire/wire_int.h"

#define REFUSED_FOR_GOOD 500 /* RFC 5321 4.2.1: 5yz */

/* How far the talk has come, told by our own commands: whose fault a 5yz is. */
enum stage { STAGE_GREETING, STAGE_RECIPIENT, STAGE_MESSAGE };

struct sending {
	str left; /* of the message */
	enum stage stage;
};

static size_t
give(char *into, size_t size, size_t count, void *self)
{
	struct sending *sending = self;
	str piece = str_part(sending->left, 0, size * count);

	if (piece.len)
		memcpy(into, piece.at, piece.len);
	sending->left = str_part(sending->left, piece.len, sending->left.len);
	return piece.len;
}

static int
overhear(CURL *curl, curl_infotype type, char *at, size_t bytes, void *self)
{
	struct sending *sending = self;
	str line = { at, bytes };

	(void)curl;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	if (str_starts(line, STR("RCPT ")))
		sending->stage = STAGE_RECIPIENT;
	else if (str_starts(line, STR("DATA")))
		sending->stage = STAGE_MESSAGE;
	return 0;
}

static bool
is_path(str address)
{
	for (size_t i = 0; i < address.len; i++)
		if ((unsigned char)address.at[i] <= ' ' ||
		    str_has(STR("<>\x7f"), address.at[i]))
			return false;
	return address.len > 0;
}

static enum err
check(const struct wire_mail *mail, struct why *why)
{
	if (is_path(mail->to) && (!mail->from.len || is_path(mail->from)) &&
	    wire_is_one_line(mail->url) && wire_is_one_line(mail->username) &&
	    wire_is_one_line(mail->password))
		return OK;
	why->what = "the envelope cannot be written";
	return ERR_BAD_INPUT;
}

static const struct {
	str word;
	long use;
	bool verify;
} securities[] = {
	{ STR_CONST("no"), CURLUSESSL_NONE, true },
	/* Whoever could forge a certificate could as well hide STARTTLS: better encrypted
	 * to somebody than readable by everybody (RFC 7435). */
	{ STR_CONST("try"), CURLUSESSL_TRY, false },
	{ STR_CONST("must"), CURLUSESSL_ALL, true },
};

static enum err
set_security(struct transfer *t, struct arena *arena, const struct wire_mail *mail,
    struct why *why)
{
	for (size_t i = 0; i < sizeof securities / sizeof *securities; i++) {
		bool verify = securities[i].verify || mail->ca_file.len ||
			      str_starts(mail->url, STR("smtps:"));

		if (!str_same(securities[i].word, mail->tls))
			continue;
		transfer_number(t, CURLOPT_USE_SSL, securities[i].use);
		transfer_number(t, CURLOPT_SSL_VERIFYPEER, verify);
		transfer_number(t, CURLOPT_SSL_VERIFYHOST, verify ? 2 : 0);
		transfer_text(t, arena, CURLOPT_CAINFO, mail->ca_file);
		return OK;
	}
	why->what = "tls is neither no, try nor must";
	return ERR_BAD_INPUT;
}

static void
set_mail(struct transfer *t, struct arena *arena, const struct wire_mail *mail,
    struct sending *sending)
{
	str from = arena_printf(
	    arena, "<" STR_FMT ">", STR_ARG(mail->from)); /* <>: a bounce */

	transfer_text(t, arena, CURLOPT_URL, mail->url);
	transfer_text(t, arena, CURLOPT_USERNAME, mail->username);
	transfer_text(t, arena, CURLOPT_PASSWORD, mail->password);
	transfer_text(t, arena, CURLOPT_MAIL_FROM, from);
	transfer_add(t, arena, mail->to);
	must(curl_easy_setopt(t->curl, CURLOPT_MAIL_RCPT, t->list) == CURLE_OK);
	transfer_number(t, CURLOPT_SASL_IR, 1); /* RFC 4954 4: one round trip less */
	transfer_number(t, CURLOPT_UPLOAD, 1);
	must(curl_easy_setopt(t->curl, CURLOPT_READFUNCTION, give) == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_READDATA, sending) == CURLE_OK);
	transfer_number(t, CURLOPT_VERBOSE, 1);
	must(curl_easy_setopt(t->curl, CURLOPT_DEBUGFUNCTION, overhear) == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_DEBUGDATA, sending) == CURLE_OK);
}

static enum err
perform(struct transfer *t, struct arena *arena, const struct sending *sending,
    unsigned *status, struct why *why)
{
	CURLcode code = curl_easy_perform(t->curl);
	long reply = 0;

	(void)curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &reply);
	*status = (unsigned)reply;
	if (code == CURLE_OK)
		return OK;
	if (reply < REFUSED_FOR_GOOD || sending->stage == STAGE_GREETING)
		return transfer_failed(t, arena, code, why);
	why->what = sending->stage == STAGE_RECIPIENT ? "the recipient is refused"
						      : "the message is refused";
	return ERR_FORBIDDEN;
}

enum err
wire_smtp(struct arena *arena, const struct wire_mail *mail, unsigned *status,
    struct why *why)
{
	struct sending sending = { .left = mail->message };
	struct transfer t;
	enum err e;

	*status = 0;
	TRY(check(mail, why));
	transfer_start(&t, mail->inner, "smtp,smtps");
	e = set_security(&t, arena, mail, why);
	if (e == OK) {
		set_mail(&t, arena, mail, &sending);
		e = perform(&t, arena, &sending, status, why);
	}
	transfer_stop(&t);
	return e;
}

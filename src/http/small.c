/* small.c - the small grammars of single fields. */
#include "base/base64.h"
#include "http/http.h"

static bool
is_token(str text)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') ||
			str_has((str){ others, sizeof others - 1 }, c)))
			return false;
	}
	return text.len > 0;
}

/* As str_cut, but a mark inside quotes is none (RFC 9110 5.6.4). */
static str
cut_unquoted(str *text, char mark)
{
	str head = *text;
	bool quoted = false;

	for (size_t i = 0; i < text->len; i++) {
		char c = text->at[i];

		if (c == '\\' && quoted)
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (c == mark && !quoted) {
			head.len = i;
			*text = str_part(*text, i + 1, text->len);
			return head;
		}
	}
	*text = (str){ 0 };
	return head;
}

static str
unquoted(str value)
{
	if (value.len >= 2 && value.at[0] == '"' && value.at[value.len - 1] == '"')
		return str_part(value, 1, value.len - 2);
	return value;
}

static bool
is_media_type(str text)
{
	str sub = text;
	str main = str_cut(&sub, '/');

	return is_token(main) && is_token(sub);
}

str
http_media_parameter(str value, str wanted)
{
	(void)cut_unquoted(&value, ';');
	while (value.len) {
		str text = str_trim(cut_unquoted(&value, ';'));
		str name = str_trim(str_cut(&text, '='));

		if (str_same_nocase(name, wanted))
			return unquoted(str_trim(text));
	}
	return (str){ 0 };
}

struct http_media
http_media_read(str value)
{
	str rest = value;
	str type = str_trim(cut_unquoted(&rest, ';'));

	if (!is_media_type(type))
		return (struct http_media){ 0 };
	return (struct http_media){
		.type = type,
		.charset = http_media_parameter(value, STR("charset")),
		.version = http_media_parameter(value, STR("version")),
		.boundary = http_media_parameter(value, STR("boundary")),
	};
}

/* "0.85": at most three digits behind the point count. */
static bool
thousandths(str text, unsigned *out)
{
	unsigned scale = 1000;

	*out = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '.' && i == 1)
			continue;
		if (c < '0' || c > '9' || i > 4)
			return false;
		*out += (unsigned)(c - '0') * scale;
		scale /= 10;
	}
	return text.len > 0 && *out <= 1000;
}

unsigned
http_quality(str element)
{
	str text = http_media_parameter(element, STR("q"));
	unsigned quality = 1000;

	return !text.len || thousandths(text, &quality) ? quality : 0;
}

enum err
http_depth_read(const struct http_req *req, enum http_depth *out)
{
	str value = str_trim(http_field(req, STR("depth")));

	if (!http_has_field(req, STR("depth")))
		*out = HTTP_DEPTH_ABSENT;
	else if (str_same(value, STR("0")))
		*out = HTTP_DEPTH_0;
	else if (str_same(value, STR("1")))
		*out = HTTP_DEPTH_1;
	else if (str_same_nocase(value, STR("infinity")))
		*out = HTTP_DEPTH_INFINITY;
	else
		return ERR_BAD_INPUT;
	return OK;
}

/* RFC 7240 2: name=word, where the word may stand in quotes. */
static bool
is_preference(str said, str preference)
{
	str word = preference;
	str name = str_cut(&word, '=');
	str said_name = str_trim(str_cut(&said, '='));

	said = str_trim(said);
	if (said.len > 1 && said.at[0] == '"' && said.at[said.len - 1] == '"')
		said = str_part(said, 1, said.len - 2);
	return str_same_nocase(said_name, name) && str_same_nocase(said, word);
}

bool
http_prefers(const struct http_req *req, str preference)
{
	for (size_t i = 0; i < req->field_count; i++) {
		str list = req->fields[i].value;

		if (!str_same(req->fields[i].name, STR("prefer")))
			continue;
		while (list.len) {
			str item = cut_unquoted(&list, ',');

			if (is_preference(
				str_trim(cut_unquoted(&item, ';')), preference))
				return true;
		}
	}
	return str_same(preference, STR("return=minimal")) &&
	       str_same_nocase(str_trim(http_field(req, STR("brief"))), STR("t"));
}

str
http_language(const struct http_req *req, const str *offered, size_t count)
{
	str list = http_field(req, STR("accept-language"));
	str best = offered[0];
	unsigned best_quality = 0;

	while (list.len) {
		str element = str_cut(&list, ',');
		unsigned q = http_quality(element);
		str range = str_trim(str_cut(&element, ';'));
		str primary = str_cut(&range, '-');

		for (size_t i = 0; i < count; i++)
			if (q > best_quality && str_same_nocase(primary, offered[i])) {
				best = offered[i];
				best_quality = q;
			}
	}
	return best;
}

str
http_cookie(const struct http_req *req, str name)
{
	for (size_t i = 0; i < req->field_count; i++) {
		str list = req->fields[i].value;

		if (!str_same(req->fields[i].name, STR("cookie")))
			continue;
		while (list.len) {
			str value = str_trim(str_cut(&list, ';'));

			if (str_same(str_trim(str_cut(&value, '=')), name))
				return unquoted(str_trim(value));
		}
	}
	return (str){ 0 };
}

enum err
http_basic_read(struct arena *arena, str authorization, str *user, str *password)
{
	str rest = str_trim(authorization);
	str scheme = str_cut(&rest, ' ');
	str plain;

	if (!str_same_nocase(scheme, STR("Basic")))
		return ERR_NOT_FOUND;
	TRY(base64_read(arena, str_trim(rest), &plain));
	if (!str_has(plain, ':') || str_has(plain, '\0') || !str_is_utf8(plain))
		return ERR_BAD_INPUT;
	*user = str_cut(&plain, ':');
	*password = plain;
	return OK;
}

/* reply_tag.c - the tags of HTML, and those by which mail programs mark what they quote. */
#include "mime/reply_tag_int.h"

static const struct {
	str name;
	enum mime_act act;
} elements[] = {
	{ STR_CONST("br"), ACT_BREAK }, { STR_CONST("p"), ACT_BLOCK },
	{ STR_CONST("div"), ACT_BLOCK }, { STR_CONST("ul"), ACT_BLOCK },
	{ STR_CONST("ol"), ACT_BLOCK }, { STR_CONST("dl"), ACT_BLOCK },
	{ STR_CONST("dt"), ACT_BLOCK }, { STR_CONST("dd"), ACT_BLOCK },
	{ STR_CONST("tr"), ACT_BLOCK }, { STR_CONST("table"), ACT_BLOCK },
	{ STR_CONST("hr"), ACT_BLOCK }, { STR_CONST("h1"), ACT_BLOCK },
	{ STR_CONST("h2"), ACT_BLOCK }, { STR_CONST("h3"), ACT_BLOCK },
	{ STR_CONST("h4"), ACT_BLOCK }, { STR_CONST("h5"), ACT_BLOCK },
	{ STR_CONST("h6"), ACT_BLOCK }, { STR_CONST("section"), ACT_BLOCK },
	{ STR_CONST("article"), ACT_BLOCK }, { STR_CONST("header"), ACT_BLOCK },
	{ STR_CONST("footer"), ACT_BLOCK }, { STR_CONST("body"), ACT_BLOCK },
	{ STR_CONST("li"), ACT_ITEM }, { STR_CONST("td"), ACT_CELL },
	{ STR_CONST("th"), ACT_CELL }, { STR_CONST("pre"), ACT_PRE },
	{ STR_CONST("style"), ACT_RAW }, { STR_CONST("script"), ACT_RAW },
	{ STR_CONST("title"), ACT_RAW }, { STR_CONST("template"), ACT_DROP },
	{ STR_CONST("object"), ACT_DROP }, { STR_CONST("svg"), ACT_DROP },
	{ STR_CONST("blockquote"), ACT_QUOTE },
	{ STR_CONST("includetail"), ACT_QUOTE }, /* QQ Mail */
};

/* What programs call a quote, the line above it, and a signature they added.  Others put
 * something before the word when they quote it ("x_divRplyFwdMsg"), hence `whole`. */
static const struct {
	str word;
	enum mime_act act;
	bool whole;
} words[] = {
	{ STR_CONST("gmail_attr"), ACT_DROP, false },
	{ STR_CONST("gmail_signature"), ACT_DROP, false },
	{ STR_CONST("moz-cite-prefix"), ACT_DROP, false },
	{ STR_CONST("moz-signature"), ACT_DROP, false },
	{ STR_CONST("AppleMailSignature"), ACT_DROP, false },
	{ STR_CONST("ms-outlook-mobile-signature"), ACT_DROP, false },
	{ STR_CONST("yahoo_quoted"), ACT_QUOTE, false },
	{ STR_CONST("isReplyContent"), ACT_QUOTE, false }, /* NetEase */
	{ STR_CONST("origin"), ACT_QUOTE, true },          /* QQ Mail */
	{ STR_CONST("original-content"), ACT_QUOTE, true },
	{ STR_CONST("protonmail_quote"), ACT_QUOTE, false },
	{ STR_CONST("reference-message"), ACT_QUOTE, false }, /* Outlook, mobile */
	{ STR_CONST("reference-message-container"), ACT_QUOTE, false },
	{ STR_CONST("divRplyFwdMsg"), ACT_END, false },
	{ STR_CONST("appendonsend"), ACT_END, false },
	{ STR_CONST("OLK_SRC_BODY_SECTION"), ACT_END, false },
};

bool
mime_is_space(char c)
{
	return str_has(STR(" \t\r\n\f"), c);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

str
mime_cut_until(str *rest, str marks)
{
	size_t end = 0;
	str head;

	while (end < rest->len && !str_has(marks, rest->at[end]))
		end++;
	head = str_part(*rest, 0, end);
	*rest = str_part(*rest, end, rest->len);
	return head;
}

static void
skip_spaces(str *rest)
{
	while (rest->len && mime_is_space(rest->at[0]))
		*rest = str_part(*rest, 1, rest->len);
}

/* The value behind "=", in quotes of either kind or in none. */
static str
cut_value(str *rest)
{
	str value;

	skip_spaces(rest);
	if (!str_starts(*rest, STR("=")))
		return STR("");
	*rest = str_part(*rest, 1, rest->len);
	skip_spaces(rest);
	if (rest->len && (rest->at[0] == '"' || rest->at[0] == '\'')) {
		char quote = rest->at[0];

		*rest = str_part(*rest, 1, rest->len);
		return str_cut(rest, quote);
	}
	value = mime_cut_until(rest, STR(" \t\r\n\f>"));
	return value;
}

/* Takes one attribute off *rest and keeps what we look at. */
static void
read_attribute(str *rest, struct mime_tag *tag)
{
	str name = mime_cut_until(rest, STR(" \t\r\n\f=>/"));
	str value = cut_value(rest);

	if (str_same_nocase(name, STR("id")))
		tag->id = value;
	if (str_same_nocase(name, STR("class")))
		tag->class = value;
}

bool
mime_tag_read(str *rest, struct mime_tag *out)
{
	str at = str_part(*rest, 1, rest->len);

	*out = (struct mime_tag){ .closes = str_starts(at, STR("/")) };
	at = str_part(at, out->closes, at.len);
	if (!at.len || !is_letter(at.at[0]))
		return false;
	out->name = mime_cut_until(&at, STR(" \t\r\n\f>/"));
	while (at.len && at.at[0] != '>') {
		if (mime_is_space(at.at[0]) || str_has(STR("/="), at.at[0])) {
			out->is_empty = at.at[0] == '/';
			at = str_part(at, 1, at.len);
		} else {
			out->is_empty = false;
			read_attribute(&at, out);
		}
	}
	*rest = str_part(at, 1, at.len);
	return true;
}

/* Whether one of the words of a class or id is this one. */
static bool
has_word(str value, str word, bool whole)
{
	while (value.len) {
		str one = mime_cut_until(&value, STR(" \t\r\n\f"));

		skip_spaces(&value);
		if (str_same_nocase(one, word) || (!whole && str_ends(one, word)))
			return true;
	}
	return false;
}

enum mime_act
mime_tag_act(const struct mime_tag *tag)
{
	for (size_t i = 0; !tag->closes && i < sizeof words / sizeof *words; i++)
		if (has_word(tag->id, words[i].word, words[i].whole) ||
		    has_word(tag->class, words[i].word, words[i].whole))
			return words[i].act;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (str_same_nocase(tag->name, elements[i].name))
			return elements[i].act;
	return ACT_NONE;
}

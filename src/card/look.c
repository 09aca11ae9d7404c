#include <string.h>

#include "card/card.h"

bool
card_named(const struct card_property *property, str name)
{
	return str_same_nocase(property->name, name);
}

const struct card_property *
card_first(const struct card *card, enum card_name is, size_t from)
{
	for (size_t i = from; i < card->count; i++)
		if (card->properties[i].is == is)
			return card->properties + i;
	return NULL;
}

/* Cuts at the first mark that no quotes hold; a quote left open holds the rest. */
static str
cut_unquoted(str *text, char mark)
{
	bool quoted = false;
	str head = *text;

	for (size_t i = 0; i < text->len; i++) {
		if (text->at[i] == '"')
			quoted = !quoted;
		if (quoted || text->at[i] != mark)
			continue;
		head.len = i;
		*text = str_part(*text, i + 1, text->len);
		return head;
	}
	*text = (str){ 0 };
	return head;
}

struct param {
	str name, values;
};

/* False at the end; ";;" holds no parameter. */
static bool
next_param(str *params, struct param *out)
{
	while (str_starts(*params, STR(";")))
		*params = str_part(*params, 1, params->len);
	if (!params->len)
		return false;
	out->values = cut_unquoted(params, ';');
	/* vCard 2.1 let a type stand alone, and some clients still write it so. */
	out->name = STR("TYPE");
	if (str_has(out->values, '='))
		out->name = str_trim(str_cut(&out->values, '='));
	return true;
}

static str
unquoted(str value)
{
	value = str_trim(value);
	if (value.len && value.at[0] == '"')
		value = str_part(value, 1, value.len);
	if (value.len && value.at[value.len - 1] == '"')
		value.len--;
	return value;
}

/* TYPE="voice,home" is two types (RFC 6350 6.4.1, example): a comma in other quotes is
 * just that. */
static str
next_value(str *values, str name)
{
	if (str_same_nocase(name, STR("TYPE")))
		return unquoted(str_cut(values, ','));
	return unquoted(cut_unquoted(values, ','));
}

/* RFC 6868 3.2; any other caret stays. */
static str
decaret(struct arena *arena, str value)
{
	char *copy, *to;

	if (!str_has(value, '^'))
		return value;
	copy = to = arena_get_raw(arena, value.len);
	for (size_t i = 0; i < value.len; i++) {
		char next = i + 1 < value.len ? value.at[i + 1] : '\0';
		bool coded = next == 'n' || next == '^' || next == '\'';

		if (value.at[i] != '^' || !coded) {
			*to++ = value.at[i];
			continue;
		}
		*to++ = (char)(next == 'n' ? '\n' : next == '^' ? '^' : '"');
		i++;
	}
	return (str){ copy, (size_t)(to - copy) };
}

bool
card_param(struct arena *arena, const struct card_property *property, str name,
    size_t n, str *out)
{
	str params = property->params;
	struct param param;

	while (next_param(&params, &param)) {
		bool more = str_same_nocase(param.name, name);

		while (more) {
			str value = next_value(&param.values, name);

			if (n == 0) {
				*out = decaret(arena, value);
				return true;
			}
			n--;
			more = param.values.len > 0;
		}
	}
	return false;
}

bool
card_has_type(const struct card_property *property, str type)
{
	str params = property->params;
	struct param param;

	while (next_param(&params, &param)) {
		bool more = str_same_nocase(param.name, STR("TYPE"));

		while (more) {
			if (str_same_nocase(
				next_value(&param.values, param.name), type))
				return true;
			more = param.values.len > 0;
		}
	}
	return false;
}

str
card_label(
    struct arena *arena, const struct card *card, const struct card_property *property)
{
	if (!property->group.len)
		return (str){ 0 };
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;

		if (p->is == CARD_X_ABLABEL &&
		    str_same_nocase(p->group, property->group))
			return card_unescape(arena, p->value);
	}
	return (str){ 0 };
}

/* What a backslash and this character stand for; NUL when the backslash stands for
 * itself, as in C:\path. */
static char
meant(char c)
{
	switch (c) {
	case 'n':
	case 'N': return '\n';
	case '\\':
	case ',':
	case ';':
	case ':': /* no escape in any RFC, but vCard 3.0 writers made it one */
	case '"': return c;
	default: return '\0';
	}
}

str
card_unescape(struct arena *arena, str value)
{
	char *copy, *to;

	if (!str_has(value, '\\'))
		return value;
	copy = to = arena_get_raw(arena, value.len);
	for (size_t i = 0; i < value.len; i++) {
		char c = value.at[i];

		if (c == '\\' && i + 1 < value.len && meant(value.at[i + 1]))
			c = meant(value.at[++i]);
		*to++ = c;
	}
	return (str){ copy, (size_t)(to - copy) };
}

str
card_component_cut(str *value, char mark)
{
	str head = *value;

	for (size_t i = 0; i < value->len; i++) {
		if (value->at[i] == '\\') {
			i++;
		} else if (value->at[i] == mark) {
			head.len = i;
			*value = str_part(*value, i + 1, value->len);
			return head;
		}
	}
	*value = (str){ 0 };
	return head;
}

/* filter.c - a filter of addressbook-query (RFC 6352 10.5) into values. */
#include "dav/dav_int.h"

static enum err
refuse(struct dav *d, enum xml_name condition, const char *what)
{
	d->condition = condition;
	d->why.what = what;
	return ERR_UNSUPPORTED;
}

/* RFC 6352 10.5.1, 10.5.2: anyof, which is what is meant where nothing is said, or allof. */
static enum err
test_read(struct dav *d, const struct xml_element *e, bool *all)
{
	str test = xml_attribute(e, STR("test"));

	*all = str_same(test, STR("allof"));
	if (!*all && test.len && !str_same(test, STR("anyof")))
		return refuse(d, XML_CARD_SUPPORTED_FILTER, "a test we do not have");
	return OK;
}

static enum err
negation_read(struct dav *d, const struct xml_element *e, bool *negate)
{
	str said = xml_attribute(e, STR("negate-condition"));

	*negate = str_same(said, STR("yes"));
	if (!*negate && said.len && !str_same(said, STR("no")))
		return refuse(
		    d, XML_CARD_SUPPORTED_FILTER, "negate-condition is yes or no");
	return OK;
}

static const struct {
	str name;
	enum card_collation collation;
} collations[] = {
	{ STR_CONST(""), CARD_UNICODE_CASEMAP },
	{ STR_CONST("default"), CARD_UNICODE_CASEMAP },
	{ STR_CONST("i;unicode-casemap"), CARD_UNICODE_CASEMAP },
	{ STR_CONST("i;ascii-casemap"), CARD_ASCII_CASEMAP },
	{ STR_CONST("i;octet"), CARD_OCTET },
};

static const struct {
	str name;
	enum card_match_kind kind;
} kinds[] = {
	{ STR_CONST(""), CARD_CONTAINS },
	{ STR_CONST("contains"), CARD_CONTAINS },
	{ STR_CONST("equals"), CARD_EQUALS },
	{ STR_CONST("starts-with"), CARD_STARTS },
	{ STR_CONST("ends-with"), CARD_ENDS },
};

static enum err
match_read(struct dav *d, const struct xml_element *e, struct card_text_match *out)
{
	str collation = xml_attribute(e, STR("collation"));
	str kind = xml_attribute(e, STR("match-type"));
	size_t c = 0;
	size_t k = 0;

	while (c < sizeof collations / sizeof *collations &&
	       !str_same(collations[c].name, collation))
		c++;
	if (c == sizeof collations / sizeof *collations)
		return refuse(
		    d, XML_CARD_SUPPORTED_COLLATION, "a collation we do not have");
	while (k < sizeof kinds / sizeof *kinds && !str_same(kinds[k].name, kind))
		k++;
	if (k == sizeof kinds / sizeof *kinds)
		return refuse(
		    d, XML_CARD_SUPPORTED_FILTER, "a match-type we do not have");
	*out = (struct card_text_match){ .text = e->text,
		.collation = collations[c].collation,
		.kind = kinds[k].kind };
	return negation_read(d, e, &out->negate);
}

static enum err
param_read(struct dav *d, const struct xml_element *e, struct card_param_filter *out)
{
	const struct xml_element *match = xml_child(e, XML_CARD_TEXT_MATCH);

	*out = (struct card_param_filter){ .name = xml_attribute(e, STR("name")),
		.not_defined = xml_child(e, XML_CARD_IS_NOT_DEFINED) != NULL };
	if (!out->name.len)
		return refuse(
		    d, XML_CARD_SUPPORTED_FILTER, "a param-filter without a name");
	if (!match)
		return OK;
	out->match = ARENA_NEW(d->call->arena, struct card_text_match);
	return match_read(d, match, out->match);
}

static size_t
children(const struct xml_element *e)
{
	size_t count = 0;

	XML_EACH(e, child)
	count++;
	return count;
}

static enum err
prop_read(struct dav *d, const struct xml_element *e, struct card_prop_filter *out)
{
	size_t room = children(e);

	*out = (struct card_prop_filter){ .name = xml_attribute(e, STR("name")),
		.not_defined = xml_child(e, XML_CARD_IS_NOT_DEFINED) != NULL,
		.matches = ARENA_ARRAY(d->call->arena, struct card_text_match, room),
		.params = ARENA_ARRAY(d->call->arena, struct card_param_filter, room) };
	if (!out->name.len)
		return refuse(
		    d, XML_CARD_SUPPORTED_FILTER, "a prop-filter without a name");
	TRY(test_read(d, e, &out->all));
	XML_EACH(e, child)
	{
		if (child->is == XML_CARD_TEXT_MATCH)
			TRY(match_read(d, child, &out->matches[out->match_count++]));
		else if (child->is == XML_CARD_PARAM_FILTER)
			TRY(param_read(d, child, &out->params[out->param_count++]));
		else if (child->is != XML_CARD_IS_NOT_DEFINED)
			return refuse(
			    d, XML_CARD_SUPPORTED_FILTER, "a filter we do not have");
	}
	return OK;
}

/* No filter at all: every card. */
enum err
dav_filter_read(
    struct dav *d, const struct xml_element *filter, struct card_filter *out)
{
	*out = (struct card_filter){ 0 };
	if (!filter)
		return OK;
	TRY(test_read(d, filter, &out->all));
	out->props =
	    ARENA_ARRAY(d->call->arena, struct card_prop_filter, children(filter));
	XML_EACH(filter, child)
	{
		if (child->is != XML_CARD_PROP_FILTER)
			return refuse(
			    d, XML_CARD_SUPPORTED_FILTER, "a filter we do not have");
		TRY(prop_read(d, child, &out->props[out->prop_count++]));
	}
	return OK;
}

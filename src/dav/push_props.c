/* push_props.c - what a client has to know before it registers. */
#include "base/base64.h"
#include "dav/push_int.h"

#define KEY_LETTERS_MAX 128

bool
dav_has_push(const struct dav_subject *s)
{
	str key;

	/* Of a lent book only its owner is told. */
	return s->at.account == s->d->call->who && !(s->book && s->book->shared) &&
	       book_push_key(s->d->call, &key) == OK;
}

/* base64url without padding, from the standard alphabet's. */
static str
letters(struct arena *arena, str bytes)
{
	struct buf padded = buf_in(arena, KEY_LETTERS_MAX);
	struct buf out = buf_in(arena, KEY_LETTERS_MAX);
	str text;

	base64_add(&padded, bytes);
	text = buf_str(&padded);
	for (size_t i = 0; i < text.len && text.at[i] != '='; i++)
		buf_add_char(&out, text.at[i] == '+'   ? '-'
				   : text.at[i] == '/' ? '_'
						       : text.at[i]);
	return buf_str(&out);
}

void
dav_transports(struct buf *out, const struct dav_subject *s)
{
	str key;

	if (book_push_key(s->d->call, &key) != OK)
		return;
	xml_open(out, XML_PUSH_WEB_PUSH);
	buf_add(out, STR("<P:vapid-public-key type=\"p256ecdsa\">"));
	buf_add(out, letters(s->d->call->arena, key));
	xml_close(out, XML_PUSH_VAPID_KEY);
	xml_close(out, XML_PUSH_WEB_PUSH);
}

void
dav_topic(struct buf *out, const struct dav_subject *s)
{
	str topic;

	if (book_push_topic(
		s->d->call, s->at.account, s->book ? s->book->id : 0, &topic) == OK)
		xml_text(out, topic);
}

static void
add_trigger(struct buf *out, enum xml_name kind, str depth)
{
	xml_open(out, kind);
	xml_leaf(out, XML_DAV_DEPTH, depth);
	xml_close(out, kind);
}

void
dav_supported_triggers(struct buf *out, const struct dav_subject *s)
{
	add_trigger(out, XML_PUSH_CONTENT_UPDATE, STR("1"));
	if (s->at.kind == DAV_BOOK)
		add_trigger(out, XML_PUSH_PROPERTY_UPDATE, STR("0"));
}

/* recent.c - see recent_int.h. */
#include "xml/recent_int.h"

static str
copy(struct arena *arena, str text)
{
	return text.len ? arena_copy(arena, text) : (str){ 0 };
}

static void
copy_attributes(
    struct arena *arena, const struct xml_element *from, struct xml_element *to)
{
	struct xml_attribute *list =
	    ARENA_ARRAY(arena, struct xml_attribute, from->attribute_count);

	for (size_t i = 0; i < from->attribute_count; i++)
		list[i] = (struct xml_attribute){
			.space = copy(arena, from->attributes[i].space),
			.name = copy(arena, from->attributes[i].name),
			.value = copy(arena, from->attributes[i].value),
		};
	to->attributes = list;
}

/* The element and its siblings; as deep as xml_read() goes. */
static struct xml_element *
copy_all(struct arena *arena, const struct xml_element *from)
{
	struct xml_element *first = NULL;
	struct xml_element **end = &first;

	for (; from; from = from->next) {
		struct xml_element *to = ARENA_NEW(arena, struct xml_element);

		*to = (struct xml_element){
			.is = from->is,
			.space = copy(arena, from->space),
			.local = copy(arena, from->local),
			.attribute_count = from->attribute_count,
			.text = copy(arena, from->text),
			.tail = copy(arena, from->tail),
			.lang = copy(arena, from->lang),
			.first = copy_all(arena, from->first),
		};
		if (from->attribute_count)
			copy_attributes(arena, from, to);
		*end = to;
		end = &to->next;
	}
	return first;
}

struct xml_element *
recent_find(const struct recent *recent, struct arena *arena, str text)
{
	for (size_t i = 0; i < RECENT_DOCUMENTS; i++) {
		const struct recent_document *document = &recent->documents[i];

		if (document->arena && str_same(document->text, text))
			return copy_all(arena, document->root);
	}
	return NULL;
}

void
recent_keep(struct recent *recent, str text, const struct xml_element *root)
{
	struct recent_document *document = &recent->documents[recent->oldest];

	if (text.len > RECENT_MAX_BYTES)
		return;
	recent->oldest = (recent->oldest + 1) % RECENT_DOCUMENTS;
	if (document->arena)
		arena_reset(document->arena);
	else
		document->arena = arena_open();
	document->text = arena_copy(document->arena, text);
	document->root = copy_all(document->arena, root);
}

void
recent_forget(struct recent *recent)
{
	for (size_t i = 0; i < RECENT_DOCUMENTS; i++)
		arena_close(&recent->documents[i].arena);
}

/*
 * read.c - one document as a tree.
 *
 * expat calls back; every ceiling is kept in the callbacks, so that a bomb is stopped while
 * it is read and not when it has been.
 */
#include <expat.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>

#include "xml/names_int.h"
#include "xml/recent_int.h"

#define SEPARATOR      '\n' /* between namespace and local name; stands in neither */
#define KEPT_MAX_BYTES 4096 /* of a document, for its parser to be used again */

struct open_element {
	struct xml_element *element;
	struct xml_element **tail; /* where its next child goes */
	struct xml_element *last;  /* its latest child ... */
	size_t last_end;           /* ... and how much text there was at its end */
	struct buf text;
};

struct reader {
	struct arena *arena;
	XML_Parser parser;
	struct open_element open[XML_MAX_DEPTH];
	size_t depth, count;
	struct xml_element *root;
	enum err outcome;
	const char *what;
	size_t text_limit;
};

static void
stop(struct reader *r, enum err outcome, const char *what)
{
	if (r->outcome == OK) {
		r->outcome = outcome;
		r->what = what;
	}
	(void)XML_StopParser(r->parser, XML_FALSE);
}

/* "namespace SEPARATOR local", or the local name alone. */
static void
split(const struct reader *r, const char *name, str *space, str *local)
{
	str whole = arena_copy(r->arena, str_of(name));

	*local = whole;
	*space = (str){ 0 };
	if (str_has(whole, SEPARATOR))
		*space = str_cut(local, SEPARATOR);
}

static void
take_attributes(struct reader *r, struct xml_element *element, const char **pairs)
{
	struct xml_attribute *list;
	size_t count = 0;

	while (pairs[count * 2])
		count++;
	if (count > XML_MAX_ATTRIBUTES) {
		stop(r, ERR_TOO_LARGE, "an element with too many attributes");
		return;
	}
	list = ARENA_ARRAY(r->arena, struct xml_attribute, count);
	for (size_t i = 0; i < count; i++) {
		split(r, pairs[i * 2], &list[i].space, &list[i].name);
		list[i].value = arena_copy(r->arena, str_of(pairs[i * 2 + 1]));
		if (str_same(list[i].name, STR("lang")) && list[i].space.len)
			element->lang = list[i].value;
	}
	element->attributes = list;
	element->attribute_count = count;
}

/* What has been said since its latest child ended. */
static void
end_tail(struct reader *r, struct open_element *parent)
{
	str text = buf_str(&parent->text);

	if (parent->last && text.len > parent->last_end)
		parent->last->tail =
		    arena_copy(r->arena, str_part(text, parent->last_end, text.len));
}

static void XMLCALL
on_start(void *self, const char *name, const char **attributes)
{
	struct reader *r = self;
	struct open_element *parent = r->depth ? &r->open[r->depth - 1] : NULL;
	struct xml_element *element;

	if (r->outcome != OK)
		return;
	if (r->depth == XML_MAX_DEPTH) {
		stop(r, ERR_TOO_LARGE, "elements nested too deep");
		return;
	}
	if (r->count++ == XML_MAX_ELEMENTS) {
		stop(r, ERR_TOO_LARGE, "too many elements");
		return;
	}
	element = ARENA_NEW(r->arena, struct xml_element);
	split(r, name, &element->space, &element->local);
	element->is = xml_name_of(element->space, element->local);
	if (parent) {
		element->lang = parent->element->lang;
		end_tail(r, parent);
		parent->last = element;
		*parent->tail = element;
		parent->tail = &element->next;
	} else {
		r->root = element;
	}
	take_attributes(r, element, attributes);
	r->open[r->depth++] = (struct open_element){ .element = element,
		.tail = &element->first,
		.text = buf_in(r->arena, r->text_limit) };
}

static void XMLCALL
on_end(void *self, const char *name)
{
	struct reader *r = self;
	struct open_element *top;

	(void)name;
	if (r->outcome != OK)
		return;
	top = &r->open[--r->depth];
	end_tail(r, top);
	top->element->text = buf_str(&top->text);
	if (r->depth)
		r->open[r->depth - 1].last_end = r->open[r->depth - 1].text.len;
}

static void XMLCALL
on_text(void *self, const char *at, int len)
{
	struct reader *r = self;

	if (r->outcome == OK && r->depth)
		buf_add(&r->open[r->depth - 1].text, (str){ at, (size_t)len });
}

/* No DOCTYPE, no entities: there is nothing to expand (RFC 4918 20.6). */
static void XMLCALL
on_doctype(
    void *self, const char *name, const char *system, const char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(self, ERR_BAD_INPUT, "a DOCTYPE");
}

/* Against documents made to collide in expat's tables: one for the process, as expat would
 * ask the system for one with every document. */
static unsigned long salt;

/* What a thread has until it ends: a parser costs a dozen allocations. */
struct habits {
	XML_Parser parser; /* or NULL */
	struct recent recent;
};

static pthread_key_t habits_of_thread;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
free_habits(void *arg)
{
	struct habits *habits = arg;

	if (habits->parser)
		XML_ParserFree(habits->parser);
	recent_forget(&habits->recent);
	free(habits);
}

static void
prepare_all(void)
{
	must(getrandom(&salt, sizeof salt, 0) == sizeof salt);
	salt |= 1; /* 0 means none */
	must(pthread_key_create(&habits_of_thread, free_habits) == 0);
}

static struct habits *
habits_of_this(void)
{
	struct habits *habits;

	(void)pthread_once(&once, prepare_all);
	habits = pthread_getspecific(habits_of_thread);
	if (!habits) {
		habits = calloc(1, sizeof *habits);
		must(habits && pthread_setspecific(habits_of_thread, habits) == 0);
	}
	return habits;
}

static XML_Parser
take_parser(struct habits *habits)
{
	if (habits->parser) {
		must(XML_ParserReset(habits->parser, NULL));
		return habits->parser;
	}
	habits->parser = XML_ParserCreateNS(NULL, SEPARATOR);
	must(habits->parser);
	return habits->parser;
}

/* What it read before would stay in it: a long document is not kept. */
static void
give_back(struct habits *habits, size_t read_bytes)
{
	if (read_bytes <= KEPT_MAX_BYTES)
		return;
	XML_ParserFree(habits->parser);
	habits->parser = NULL;
}

static void
listen(struct reader *r)
{
	(void)XML_SetHashSalt(r->parser, salt);
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
}

static enum err
parse(struct reader *r, str text, struct why *why)
{
	enum XML_Status status;

	listen(r);
	status = XML_Parse(r->parser, text.at ? text.at : "", (int)text.len, XML_TRUE);
	if (status != XML_STATUS_OK && r->outcome == OK) {
		r->outcome = ERR_BAD_INPUT;
		r->what = "not well-formed XML";
	}
	if (r->outcome != OK)
		*why = (struct why){ .what = r->what,
			.line = (unsigned)XML_GetCurrentLineNumber(r->parser) };
	return r->outcome;
}

enum err
xml_read(struct arena *arena, str text, struct xml_element **out, struct why *why)
{
	struct habits *habits = habits_of_this();
	struct reader *r;
	enum err e;

	if (text.len > INT32_MAX)
		return ERR_TOO_LARGE;
	*out = recent_find(&habits->recent, arena, text);
	if (*out)
		return OK;
	r = ARENA_NEW(arena, struct reader);
	r->arena = arena;
	r->text_limit = text.len;
	r->parser = take_parser(habits);
	e = parse(r, text, why);
	give_back(habits, text.len);
	if (e == OK)
		recent_keep(&habits->recent, text, r->root);
	*out = r->root;
	return e;
}

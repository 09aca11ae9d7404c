/* people.c - cards that may be one person, and one made of them. */
#include "api/api_int.h"
#include "book/twins.h"
#include "book/unite.h"

static const char *const reasons[] = {
	[BOOK_SAME_PHONE] = "phone",
	[BOOK_SAME_MAIL] = "mail",
	[BOOK_SAME_NAME] = "name",
};

static void
write_cluster(struct exchange *x, const struct book_cluster *cluster)
{
	struct buf *out = &x->out;

	json_open(out, '{');
	json_key(out, STR("cards"));
	json_open(out, '[');
	for (size_t i = 0; i < cluster->count; i++) {
		json_open(out, '{');
		json_pair(out, STR("book"), cluster->list[i].book.name);
		json_pair(out, STR("card"), cluster->list[i].card.name);
		json_pair(out, STR("name"), cluster->list[i].card.fn);
		json_close(out, '}');
	}
	json_close(out, ']');
	json_key(out, STR("reasons"));
	json_open(out, '[');
	for (size_t i = 0; i < cluster->reason_count; i++) {
		json_open(out, '{');
		json_pair(out, STR("same"), str_of(reasons[cluster->reasons[i].by]));
		json_pair(out, STR("value"), cluster->reasons[i].value);
		json_close(out, '}');
	}
	json_close(out, ']');
	json_close(out, '}');
}

enum err
api_twins(struct exchange *x, str place, struct why *why)
{
	struct book_clusters found;

	(void)place;
	(void)why;
	TRY(book_twins(x->call, &found));
	json_key(&x->out, STR("twins"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < found.count; i++)
		write_cluster(x, &found.list[i]);
	json_close(&x->out, ']');
	json_pair_truth(&x->out, STR("more"), found.more);
	return OK;
}

/* "cards": two to CARD_UNITE_MAX, each as any call names one. */
static enum err
read_cards(
    struct exchange *x, struct book_unite_one *list, size_t *count, struct why *why)
{
	const struct json *cards = json_member(x->body, STR("cards"));

	*count = 0;
	for (const struct json *c = cards ? cards->first : NULL; c; c = c->next) {
		if (*count == CARD_UNITE_MAX) {
			*why = (struct why){ .what = "ten cards at most",
				.name = STR("cards") };
			return ERR_BAD_INPUT;
		}
		TRY(api_card_find(x, c->text, &list[*count].book, &list[*count].name));
		(*count)++;
	}
	if (*count >= 2)
		return OK;
	*why = (struct why){ .what = "two cards or more", .name = STR("cards") };
	return ERR_BAD_INPUT;
}

enum err
api_twins_apart(struct exchange *x, str place, struct why *why)
{
	struct book_unite_one cards[CARD_UNITE_MAX] = { 0 };
	struct book_alike list[CARD_UNITE_MAX] = { 0 };
	size_t count;

	(void)place;
	TRY(read_cards(x, cards, &count, why));
	for (size_t i = 0; i < count; i++) {
		list[i].book = cards[i].book;
		TRY(book_card(
		    x->call, &cards[i].book, cards[i].name, BOOK_HEADS, &list[i].card));
	}
	TRY(book_set_apart(x->call, list, count, true));
	json_pair_number(&x->out, STR("cards"), (int64_t)count);
	return OK;
}

/* --- made one --- */

/* "take": fields of which not the first card's value stays but the next one's. */
static enum err
read_picks(struct exchange *x, struct book_unite *unite, struct why *why)
{
	const struct json *take = json_member(x->body, STR("take"));
	struct card_unite_pick *picks;
	struct book_card cards[CARD_UNITE_MAX];
	struct card_unite_fields fields;

	if (!take)
		return OK;
	TRY(book_unite_look(x->call, unite, cards, &fields, why));
	picks = ARENA_ARRAY(x->call->arena, struct card_unite_pick, fields.count + 1);
	unite->picks = picks;
	for (const struct json *t = take->first; t; t = t->next) {
		size_t i = 0;

		while (
		    i < fields.count && !str_same_nocase(fields.list[i].name, t->text))
			i++;
		if (i == fields.count || unite->pick_count == fields.count) {
			*why = (struct why){ .what = "the cards do not differ in that",
				.name = t->text };
			return ERR_BAD_INPUT;
		}
		picks[unite->pick_count++] =
		    (struct card_unite_pick){ fields.list[i].name,
			    fields.list[i].list[1].card };
	}
	return OK;
}

enum err
api_merge(struct exchange *x, str place, struct why *why)
{
	struct book_unite_one list[CARD_UNITE_MAX] = { 0 };
	struct book_unite unite = { .list = list, .by = BOOK_BY_API };
	struct book_put_done done;

	(void)place;
	TRY(read_cards(x, list, &unite.count, why));
	TRY(read_picks(x, &unite, why));
	TRY(book_unite(x->call, &unite, &done, why));
	json_pair(&x->out, STR("book"), list[0].book.name);
	json_pair(&x->out, STR("card"), list[0].name);
	json_pair_number(&x->out, STR("rev"), done.rev);
	return OK;
}

enum err
api_merge_undo(struct exchange *x, str place, struct why *why)
{
	struct book book;
	str card;

	(void)place;
	TRY(api_card_find(x, json_text(x->body, STR("whom")), &book, &card));
	TRY(book_unite_undo(x->call, &book, card, why));
	json_pair(&x->out, STR("book"), book.name);
	json_pair(&x->out, STR("card"), card);
	return OK;
}

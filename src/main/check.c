/* check.c - `kith check`: every card and every index entry against the raw bytes. */
#include <stdio.h>

#include "auth/deed.h"
#include "base/when.h"
#include "book/book.h"
#include "json/json.h"
#include "main/verbs_int.h"
#include "store/store.h"
#include "verb/gates.h"

#define OUT_MAX_BYTES ((size_t)4096)

static enum err
check_all(const struct call *call, struct book_checked *sum)
{
	struct auth_accounts accounts;

	TRY(auth_account_list(call, &accounts));
	for (size_t i = 0; i < accounts.count; i++) {
		struct book_checked one = { 0 };

		TRY(book_check(call, accounts.list[i].id, &one));
		sum->cards += one.cards;
		sum->versions += one.versions;
		sum->bad_cards += one.bad_cards;
		sum->bad_keys += one.bad_keys;
	}
	return OK;
}

static void
print_sum(struct arena *arena, const struct book_checked *sum, str secret, bool as_json)
{
	struct buf out = buf_in(arena, OUT_MAX_BYTES);

	if (!as_json) {
		printf("%lld cards, %lld earlier versions\n"
		       "%lld cards differ from their bytes, %lld index entries do\n"
		       "gateways call /gate/sms/kannel/" STR_FMT
		       ", an MMS relay /gate/mms/mm7/" STR_FMT "\n",
		    (long long)sum->cards, (long long)sum->versions,
		    (long long)sum->bad_cards, (long long)sum->bad_keys,
		    STR_ARG(secret), STR_ARG(secret));
		return;
	}
	json_open(&out, '{');
	json_pair_number(&out, STR("cards"), sum->cards);
	json_pair_number(&out, STR("versions"), sum->versions);
	json_pair_number(&out, STR("bad_cards"), sum->bad_cards);
	json_pair_number(&out, STR("bad_keys"), sum->bad_keys);
	json_pair(&out, STR("gate_secret"), secret);
	json_close(&out, '}');
	printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
}

static int
check_verb(struct arena *arena, int argc, char **argv)
{
	struct place place = { 0 };
	SCOPED(store) store = NULL;
	struct book_checked sum = { 0 };
	struct why why = { 0 };
	bool as_json = false;
	const struct option_row options[] = { PLACE_OPTIONS(place),
		{ "--json", OPTION_FLAG, &as_json } };
	struct call call = { .arena = arena, .now_ms = when_now_ms() };
	str secret;
	int operands;
	enum err e;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands)
		return usage_error(&verb_check, "it takes no operands");
	if (!place_read(arena, &place) || !place_store(&place, &store))
		return EXIT_REFUSED;
	call.store = store;
	e = store_verify(store, &why);
	if (e == OK)
		e = check_all(&call, &sum);
	if (e == OK)
		e = gates_secret(arena, &place.conf, store, &secret);
	if (e != OK)
		return refused(e, &why, "kith check");
	print_sum(arena, &sum, secret, as_json);
	if (!sum.bad_cards && !sum.bad_keys)
		(void)!auth_deed_note(&call, AUTH_DEED_CHECKED, (str){ 0 });
	return sum.bad_cards || sum.bad_keys ? EXIT_REFUSED : EXIT_DONE;
}

const struct verb verb_check = {
	"check",
	"[--data DIR] [--conf FILE] [--json]",
	"verify every card and index from the raw bytes",
	"Also prints the secret part of the URLs that gateways call.",
	check_verb,
};

/* asker.c - who asks: the account's name, and beside it only what is verified. */
#include "ask/ask_int.h"
#include "store/account.h"

static const str modes[] = {
	[ASK_MODE_ACCOUNT] = STR_CONST(""),
	[ASK_FILL] = STR_CONST("fill"),
	[ASK_REVIEW] = STR_CONST("review"),
	[ASK_AUTO] = STR_CONST("auto"),
};

str
ask_mode_word(enum ask_mode mode)
{
	return modes[mode];
}

enum ask_mode
ask_mode_read(str word)
{
	for (size_t i = ASK_FILL; i < ASK_COUNT(modes); i++)
		if (str_same(modes[i], word))
			return (enum ask_mode)i;
	return ASK_FILL;
}

static str
verified(const struct store_identifier *rows, size_t count, str kind)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].verified_ms && str_same(rows[i].kind, kind))
			return rows[i].value;
	return (str){ 0 };
}

enum err
ask_asker_read(
    struct store_tx *tx, struct arena *arena, int64_t account, struct ask_asker *out)
{
	struct store_account row;
	struct store_identifier *identifiers;
	size_t count;

	TRY(store_account_find(tx, arena, account, &row));
	TRY(store_identifier_list(tx, arena, account, &identifiers, &count));
	*out = (struct ask_asker){
		.account = account,
		.name = str_trim(ask_clean(arena, row.name, false)),
		.phone = verified(identifiers, count, STR("tel")),
		.email = verified(identifiers, count, STR("email")),
		.lang = row.lang,
		.region = row.region,
		.mode = ask_mode_read(row.policy),
	};
	if (!out->name.len)
		out->name = row.login;
	return OK;
}

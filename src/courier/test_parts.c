#include "base/check.h"
#include "courier/courier.h"

#define TOKEN "abcdefghij0123456789"
#define TEN   "一二三四五六七八九十"
#define TENG  "0123456789"
#define FIFTY TENG TENG TENG TENG TENG

static void
parts(void)
{
	static const struct {
		const char *row, *text;
		unsigned parts, units;
		bool ucs2;
	} rows[] = {
		{ "nothing", "", 1, 0, false },
		{ "the server's notice",
		    "张三请你核对他通讯录里你的联系方式:https://kith.cn/" TOKEN
		    " 拒收回TD",
		    1, 60, true },
		{ "the owner's own",
		    "我是张三，通讯录里只有你手机号，方便补全一下吗？ "
		    "https://kith.cn/" TOKEN,
		    1, 61, true },
		{ "70 hanzi", TEN TEN TEN TEN TEN TEN TEN, 1, 70, true },
		{ "71 hanzi", TEN TEN TEN TEN TEN TEN TEN "一", 2, 71, true },
		{ "134 hanzi",
		    TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "一二三四", 2,
		    134, true },
		{ "135 hanzi",
		    TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "一二三四五", 3,
		    135, true },
		{ "160 septets", FIFTY FIFTY FIFTY TENG, 1, 160, false },
		{ "161 septets", FIFTY FIFTY FIFTY TENG "x", 2, 161, false },
		{ "306 septets", FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "123456", 2, 306,
		    false },
		{ "307 septets", FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "1234567", 3, 307,
		    false },
		{ "an extension counts two", "a€[b]", 1, 8, false },
		{ "159 and an escape", FIFTY FIFTY FIFTY "123456789€", 2, 161, false },
		{ "an escape is not cut", FIFTY FIFTY FIFTY "12€" TENG, 2, 164, false },
		{ "basic beyond ASCII", "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà@$_\n",
		    1, 43, false },
		{ "a backtick is not in it", "`", 1, 1, true },
		{ "nor a small c cedilla", "ç", 1, 1, true },
		{ "nor a tab", "\t", 1, 1, true },
		{ "beyond the BMP", "😀", 1, 2, true },
		{ "a pair is not cut",
		    TEN TEN TEN TEN TEN TEN "一二三四五六😀一二三四五六七八九十", 2, 78,
		    true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct courier_parts got = courier_sms_parts(str_of(rows[i].text));

		check_about(rows[i].row);
		CHECK_INT(got.parts, rows[i].parts);
		CHECK_INT(got.units, rows[i].units);
		CHECK_INT(got.ucs2, rows[i].ucs2);
	}
}

int
main(void)
{
	return CHECK_RUN({ "how an SMS is cut", parts });
}

/* texts.c - every sentence that leaves by SMS or mail, and how its holes are filled. */
#include "ask/texts.h"

#include "ask/ask_int.h"

#define TEXT_MAX_BYTES ((size_t)32 * 1024)

enum { ZH, EN, LANGUAGES };

static const str texts[ASK_T_COUNT][LANGUAGES] = {
	[ASK_T_NOTICE_SMS] = { STR_CONST(
				   "{owner}请你核对他通讯录里你的信息:{link} 拒收回TD"),
	    STR_CONST("{owner} asks you to check your entry in their address "
		      "book: {link} Reply STOP to refuse") },
	[ASK_T_ID_SMS] = { STR_CONST(
			       "{owner}({who})请你核对他通讯录里你的信息。登录{server}"
			       "即可用自己的名片答复。拒收回TD"),
	    STR_CONST("{owner} ({who}) asks you to check your entry in their address "
		      "book. Log in to {server} to answer. STOP refuses") },
	[ASK_T_FORM_SMS] = { STR_CONST("{owner}请你补全联系方式:{form}。请回复:{code} "
				       "1内容 2内容。拒收回TD"),
	    STR_CONST("{owner} asks for your details: {form}. Reply {code} 1 ... "
		      "2 ... STOP refuses") },
	[ASK_T_NOTICE_SELF] = { STR_CONST("方便帮我核对、补全一下我通讯录里你的信息吗？"
					  " {link}"),
	    STR_CONST("Could you check your entry in my address book, and add "
		      "what is missing? {link}") },
	[ASK_T_NOTICE_SUBJECT] = { STR_CONST("{owner} 想核对你的联系方式"),
	    STR_CONST("{owner} asks you to check your contact details") },
	[ASK_T_NOTICE_MAIL] = { STR_CONST(
				    "你好：\n"
				    "\n"
				    "{owner} 请你核对、补全他通讯录里你的联系方式。\n"
				    "{phone} {email}\n"
				    "\n"
				    "{say}\n"
				    "\n"
				    "想请你补充：{fields}\n"
				    "\n"
				    "打开这个链接，确认后才会发送：\n"
				    "{link}\n"
				    "\n"
				    "你填写的内容只会写入 {owner} 自己的通讯录。\n"
				    "不是你本人，或不想再收到这类邮件，请打开同一链接选"
				    "择相应选项：\n"
				    "{stop}\n"
				    "\n"
				    "-- \n"
				    "{server}\n"),
	    STR_CONST("Hello,\n"
		      "\n"
		      "{owner} asks you to check and complete your entry in "
		      "their address book.\n"
		      "{phone} {email}\n"
		      "\n"
		      "{say}\n"
		      "\n"
		      "Asked for: {fields}\n"
		      "\n"
		      "Open this link; nothing is sent before you confirm it:\n"
		      "{link}\n"
		      "\n"
		      "What you enter goes into {owner}'s own address book and "
		      "nowhere else.\n"
		      "Not you, or no more of these?  Open the same link and say "
		      "so:\n"
		      "{stop}\n"
		      "\n"
		      "-- \n"
		      "{server}\n") },
	[ASK_T_FORM_MAIL] = { STR_CONST(
				  "你好：\n"
				  "\n"
				  "{owner} 请你核对、补全他通讯录里你的联系方式。\n"
				  "{phone} {email}\n"
				  "\n"
				  "{say}\n"
				  "\n"
				  "直接回复这封邮件，在编号后填写即可（不填的留空，也可"
				  "附上你的名片 .vcf）：\n"
				  "\n"
				  "{form}\n"
				  "\n"
				  "或者打开这个链接填写，确认后才会发送：\n"
				  "{link}\n"
				  "\n"
				  "你填写的内容只会写入 {owner} 自己的通讯录。\n"
				  "不是你本人，或不想再收到这类邮件，请打开同一链接选择"
				  "相应选项：\n"
				  "{stop}\n"
				  "\n"
				  "-- \n"
				  "{server}\n"),
	    STR_CONST("Hello,\n"
		      "\n"
		      "{owner} asks you to check and complete your entry in "
		      "their address book.\n"
		      "{phone} {email}\n"
		      "\n"
		      "{say}\n"
		      "\n"
		      "Just reply to this mail and write behind the numbers (leave "
		      "out what you like; your own card as .vcf does, too):\n"
		      "\n"
		      "{form}\n"
		      "\n"
		      "Or open this link; nothing is sent before you confirm it:\n"
		      "{link}\n"
		      "\n"
		      "What you enter goes into {owner}'s own address book and "
		      "nowhere else.\n"
		      "Not you, or no more of these?  Open the same link and say "
		      "so:\n"
		      "{stop}\n"
		      "\n"
		      "-- \n"
		      "{server}\n") },
	[ASK_T_ID_MAIL] = { STR_CONST("你好：\n"
				      "\n"
				      "{owner} 请你核对、补全他通讯录里你的联系方式。\n"
				      "{phone} {email}\n"
				      "\n"
				      "{say}\n"
				      "\n"
				      "想请你补充：{fields}\n"
				      "\n"
				      "登录 "
				      "{server}"
				      "，在“请我核对”里用自己的名片答复；没有账号，直接"
				      "回复这封邮件即可。\n"
				      "\n"
				      "不想再收到这类邮件：\n"
				      "{stop}\n"
				      "\n"
				      "-- \n"
				      "{server}\n"),
	    STR_CONST("Hello,\n"
		      "\n"
		      "{owner} asks you to check and complete your entry in "
		      "their address book.\n"
		      "{phone} {email}\n"
		      "\n"
		      "{say}\n"
		      "\n"
		      "Asked for: {fields}\n"
		      "\n"
		      "Log in to {server} and answer with your own card; without an "
		      "account, just reply to this mail.\n"
		      "\n"
		      "No more of these:\n"
		      "{stop}\n"
		      "\n"
		      "-- \n"
		      "{server}\n") },
	[ASK_T_CHALLENGE_SMS] = { STR_CONST("验证码 {code}。回复这 4 "
					    "位数字即执行你的请求，10 分钟内有效。"
					    "若非本人操作请忽略。"),
	    STR_CONST("Code {code}. Reply with these 4 digits within 10 minutes "
		      "to carry out your request. Not you? Ignore this.") },
	[ASK_T_CHALLENGE_MAIL] = { STR_CONST("验证码：{code}\n"
					     "\n"
					     "回复这 4 位数字即执行你的请求，10 "
					     "分钟内有效。若非本人操作请忽略。\n"
					     "\n"
					     "-- \n"
					     "{server}\n"),
	    STR_CONST("Your code: {code}\n"
		      "\n"
		      "Reply with these 4 digits within 10 minutes to carry out "
		      "your request.\n"
		      "If it was not yours, do nothing.\n"
		      "\n"
		      "-- \n"
		      "{server}\n") },
	[ASK_T_CHALLENGE_SUBJECT] = { STR_CONST("你的验证码"), STR_CONST("Your code") },
	[ASK_T_PROBE] = { STR_CONST("{server}：这是管理员发出的测试消息，无需回复。"),
	    STR_CONST("{server}: a test message from its administrator. There is "
		      "nothing to answer.") },
	[ASK_T_PROBE_SUBJECT] = { STR_CONST("测试消息"), STR_CONST("Test message") },
	[ASK_T_REACH_SMS] = { STR_CONST(
				  "{server} 验证码 {code}，用于确认这个号码属于你，"
				  "10 分钟内有效。若非本人操作请忽略，不要告诉他人。"),
	    STR_CONST(
		"{server}: code {code} shows that this number is yours. Valid for "
		"10 minutes. Not you? Ignore this, and tell nobody.") },
	[ASK_T_REACH_MAIL] = { STR_CONST("验证码：{code}\n"
					 "\n"
					 "用于确认这个邮箱属于你，10 分钟内有效。\n"
					 "若非本人操作请忽略，不要告诉他人。\n"
					 "\n"
					 "-- \n"
					 "{server}\n"),
	    STR_CONST(
		"Your code: {code}\n"
		"\n"
		"It shows that this address is yours, and is valid for 10 minutes.\n"
		"If it was not you, do nothing, and tell it to nobody.\n"
		"\n"
		"-- \n"
		"{server}\n") },
	[ASK_T_ASKED] = { STR_CONST(
			      "已向 {name} 发出核对请求，有回复会写入你的通讯录。"),
	    STR_CONST("{name} has been asked. The answer will be in your address "
		      "book.") },
	[ASK_T_NONE] = { STR_CONST("你的通讯录里没有找到 {typed}。"),
	    STR_CONST("There is no {typed} in your address book.") },
	[ASK_T_SEVERAL] = { STR_CONST(
				"{typed} 对应多位联系人：{list}。请改用号码或邮箱。"),
	    STR_CONST("{typed} could be any of: {list}. Please use a number or "
		      "an address.") },
	[ASK_T_NO_WAY] = { STR_CONST("{name} 没有可发送的手机号或邮箱。"),
	    STR_CONST("{name} has no number or address that can be written to.") },
	[ASK_T_WRONG_CODE] = { STR_CONST("验证码不对，请重新回复。"),
	    STR_CONST("That code is wrong. Please reply with the right one.") },
	[ASK_T_HELP] = { STR_CONST("发送“更新 号码或姓名”，请联系人核对他的信息；"
				   "再回复收到的 4 位验证码。拒收回 TD。"),
	    STR_CONST("Send ASK and a number or a name to have a contact check "
		      "their entry, then reply with the code. STOP refuses.") },
	[ASK_T_CHANGED_SMS] = { STR_CONST(
				    "{owner}通讯录里你的{field}改为尾号{tail}。非本"
				    "人请在72小时内撤销:{link}"),
	    STR_CONST("{owner}'s entry for you now has another {field} ({tail}). Not "
		      "you? Undo within 72 h: {link}") },
	[ASK_T_CHANGED_SUBJECT] = { STR_CONST("{owner} 通讯录里你的{field}改了"),
	    STR_CONST("Your {field} in {owner}'s address book was changed") },
	[ASK_T_CHANGED_MAIL] = { STR_CONST(
				     "你好：\n\n{owner} 通讯录里你的{field}刚刚改为 "
				     "{tail}。\n若非你本人所为，请在 72 "
				     "小时内打开下面的链接撤销：\n{link}\n\n-- "
				     "\n{server}\n"),
	    STR_CONST("Hello,\n\nyour {field} in {owner}'s address book was just "
		      "changed to {tail}.\nIf that was not you, take it back within 72 "
		      "hours:\n{link}\n\n-- \n{server}\n") },
	[ASK_T_NEWS_SMS] = { STR_CONST("{name}答复了:\n{form}"),
	    STR_CONST("{name} answered:\n{form}") },
	[ASK_T_NEWS_SUBJECT] = { STR_CONST("{name} 答复了"),
	    STR_CONST("{name} answered") },
	[ASK_T_NEWS_MAIL] = { STR_CONST(
				  "{name} 答复了你的核对请求：\n\n{form}\n\n带 (?) "
				  "的等你决定。名片见附件。\n\n-- \n{server}\n"),
	    STR_CONST("{name} answered your request:\n\n{form}\n\nWhat is marked (?) "
		      "waits for you. The card is attached.\n\n-- \n{server}\n") },
	[ASK_T_THANKS] = { STR_CONST("谢谢，已转给{asker}。"),
	    STR_CONST("Thank you, {asker} has it.") },
	[ASK_T_UNREADABLE] = { STR_CONST("没有看懂。请按“编号 内容”回复，例如：1 "
					 "010-65521234"),
	    STR_CONST("That was not understood. Please reply with a number and a "
		      "value, as in: 1 010-65521234") },
	[ASK_T_WHICH] = { STR_CONST(
			      "有多位联系人在请你核对，请在回复开头写上短信里的 4 "
			      "位数字。"),
	    STR_CONST("Several people have asked you. Please begin your reply with "
		      "the 4 digits of the message you answer.") },
	[ASK_T_STOPPED] = { STR_CONST("好的，不会再给这个号码发送核对请求。"),
	    STR_CONST("You will get no more requests at this number.") },
};

static const str fields[CARD_F_COUNT][LANGUAGES] = {
	[CARD_F_NAME] = { STR_CONST("姓名"), STR_CONST("Name") },
	[CARD_F_MOBILE] = { STR_CONST("手机"), STR_CONST("Mobile") },
	[CARD_F_WORK_TEL] = { STR_CONST("办公电话"), STR_CONST("Work phone") },
	[CARD_F_HOME_TEL] = { STR_CONST("家庭电话"), STR_CONST("Home phone") },
	[CARD_F_FAX] = { STR_CONST("传真"), STR_CONST("Fax") },
	[CARD_F_TEL] = { STR_CONST("电话"), STR_CONST("Phone") },
	[CARD_F_EMAIL] = { STR_CONST("电子邮箱"), STR_CONST("Email") },
	[CARD_F_WORK_EMAIL] = { STR_CONST("工作邮箱"), STR_CONST("Work email") },
	[CARD_F_ORG] = { STR_CONST("公司"), STR_CONST("Company") },
	[CARD_F_TITLE] = { STR_CONST("职务"), STR_CONST("Job title") },
	[CARD_F_WORK_ADDRESS] = { STR_CONST("公司地址"), STR_CONST("Work address") },
	[CARD_F_HOME_ADDRESS] = { STR_CONST("家庭地址"), STR_CONST("Home address") },
	[CARD_F_QQ] = { STR_CONST("QQ"), STR_CONST("QQ") },
	[CARD_F_WECHAT] = { STR_CONST("微信"), STR_CONST("WeChat") },
	[CARD_F_WEIBO] = { STR_CONST("微博"), STR_CONST("Weibo") },
	[CARD_F_URL] = { STR_CONST("主页"), STR_CONST("Website") },
	[CARD_F_BDAY] = { STR_CONST("生日"), STR_CONST("Birthday") },
	[CARD_F_PHOTO] = { STR_CONST("头像"), STR_CONST("Picture") },
};

static size_t
language(str lang)
{
	return str_same(lang, STR("en")) ? EN : ZH;
}

static str
value_of(const struct ask_hole *holes, size_t count, str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(str_of(holes[i].name), name))
			return holes[i].value;
	return (str){ 0 };
}

/* Fills one line.  True when it had holes and nothing came of it. */
static bool
fill_line(struct buf *line, str pattern, const struct ask_hole *holes, size_t count)
{
	bool had_holes = false;

	while (pattern.len) {
		str literal = str_cut(&pattern, '{');
		str name;

		buf_add(line, literal);
		if (!pattern.len)
			break;
		name = str_cut(&pattern, '}');
		had_holes = true;
		buf_add(line, ask_clean(line->arena, value_of(holes, count, name),
				  str_same(name, STR("form"))));
	}
	return had_holes && !str_trim(buf_str(line)).len;
}

/* A line of nothing but empty holes is left out, and so is a second blank line in a row:
 * a mail without the owner's sentence has no gap where it would stand. */
str
ask_text(struct arena *arena, str lang, enum ask_text which,
    const struct ask_hole *holes, size_t count)
{
	struct buf out = buf_in(arena, TEXT_MAX_BYTES);
	struct buf line = buf_in(arena, TEXT_MAX_BYTES);
	str rest = texts[which][language(lang)];

	while (rest.len) {
		bool ends = str_has(rest, '\n');
		bool empty;

		buf_clear(&line);
		empty = fill_line(&line, str_cut(&rest, '\n'), holes, count);
		if (empty || (!line.len && str_ends(buf_str(&out), STR("\n\n"))))
			continue;
		buf_add(&out, buf_str(&line));
		if (ends)
			buf_add_char(&out, '\n');
	}
	return buf_str(&out);
}

str
ask_field_text(str lang, enum card_field field)
{
	return fields[field][language(lang)];
}

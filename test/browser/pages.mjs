/* pages.mjs - every page there is, one line each: `page NAME` checks it and tools/screens shows it.
 *
 *   name    of the checks and of the pictures
 *   at      its path, or a function of the filled book (test/end/filled.py) and the language
 *   who     "owner" (with a session; what is not said) or "nobody"
 *   status  what it answers with, where that is not 200
 *   then    how to go on from there, for a page that is the answer to a form */

import { stripes } from "./png.mjs";

const vcard = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:new-one\r\nFN:新朋友\r\nTEL:13612345678\r\nEND:VCARD\r\n";
const file = { name: "many.vcf", mimeType: "text/vcard", buffer: Buffer.from(vcard) };
const flag = stripes([23, 101, 90], [240, 236, 226], [154, 58, 27]);
const zh = lang => (lang === "zh" ? 1 : 0);

export const press = (page, step) => page.click(`button[value="${step}"]`);

const open = page => press(page, "open");

async function check(page) {
	await open(page);
	await page.fill("#org", "示例科技有限公司");
	await page.fill("#work-address", "北京市朝阳区建国路 88 号");
	await press(page, "check");
}

async function send(page) {
	await check(page);
	await press(page, "send");
}

async function wrong(page) {
	await open(page);
	await page.fill("#email", "nothing@");
	await page.evaluate(() => (document.querySelector("form").noValidate = true));
	await press(page, "check");
}

async function preview(page) {
	await page.setInputFiles("#file", file);
	await page.click("form[enctype] button");
}

async function device(page) {
	await page.fill("#label", "手机 phone");
	await page.click("input[value=make] ~ .go button");
}

/* Two of the list are ticked, and that is to be done with them. */
const many = step => async page => {
	await page.locator(".ticked input").nth(1).check();
	await page.locator(".ticked input").nth(2).check();
	await press(page, step);
};

async function many_books(page) {
	for (const tick of await page.locator(".ticked input").all())
		await tick.check();
	await press(page, "export");
}

const group = book => `/groups/${encodeURIComponent("球友")}${book}`;
const both = (one, other) => `/unite?card=${encodeURIComponent(one.slice(1))}&card=${encodeURIComponent(other.slice(1))}`;

async function byself(page) {
	await page.check("input[value=self]");
	await press(page, "preview");
	await press(page, "send");
}

/* Nobody is ticked: asking somebody would change what the other tests find. */
async function nobody(page) {
	for (const box of await page.locator("[name=who]").all())
		await box.uncheck();
	await page.click("form.sheet .go button");
}

const look = page => press(page, "preview");

async function campaign(page) {
	await page.fill("#title", "球队 team");
	await page.selectOption("#group", { index: 1 });
	await press(page, "preview");
}

async function refused(page) {
	await page.fill("#login", "nobody");
	await page.fill("#password", "wrong password");
	await page.click("main button");
}

async function mended(page) {
	await page.click("details.mend summary");
	await page.fill("details.mend [name=value]", "no number");
	await page.click("button[value=as]");
}

async function not_mine(page) {
	await page.fill("#email", "nothing@");
	await page.click("button[value=save]");
}

async function reset(page) {
	await page.locator("details:has-text('zhangsan') summary").click();
	await page.locator("details[open] button[value=reset]").click();
}

async function invite(page) {
	await page.fill("#note", "王小明");
	await page.click("input[value=make] ~ .go button");
}

async function differ(page) {
	await page.fill("#login", "wang");
	await page.fill("#name", "王小明");
	await page.fill("#password", "good morning");
	await page.fill("#again", "good evening");
	await page.click("main button");
}

async function cut(page) {
	await page.setInputFiles("#photo", flag);
	await page.locator("[data-crop]").evaluate(box => box.scrollIntoView({ block: "center" }));
}

async function cut_by_target(page) {
	await open(page);
	await cut(page);
}

export const pages = [
	{ name: "login", at: "/login", who: "nobody" },
	{ name: "login-wrong", at: "/login", who: "nobody", then: refused },
	{ name: "book", at: "/" },
	{ name: "book-letter", at: "/?letter=L" },
	{ name: "find", at: "/find?q=13900000" },
	{ name: "find-sure", at: "/find?q=13900000", then: many("remove") },
	{ name: "find-books", at: "/find?q=Barbara", then: many_books },
	{ name: "find-none", at: "/find?q=nobody-of-that-name" },
	{ name: "card", at: w => `/card${w.rich}` },
	{ name: "card-canary", at: w => `/card${w.canary}` },
	{ name: "card-long", at: w => `/card${w.long}` },
	{ name: "edit", at: w => `/edit${w.rich}` },
	{ name: "edit-canary", at: w => `/edit${w.canary}` },
	{ name: "edit-cut", at: w => `/edit${w.rich}`, then: cut },
	{ name: "new", at: "/new/contacts" },
	{ name: "remove", at: w => `/remove${w.rich}` },
	{ name: "history", at: w => `/history${w.changed}` },
	{ name: "trash", at: "/trash" },
	{ name: "moment", at: w => `/trash/moment?book=contacts&at=${w.moment}` },
	{ name: "files", at: "/files/contacts" },
	{ name: "files-preview", at: "/files/contacts", then: preview },
	{ name: "twins", at: "/twins" },
	{ name: "card-twin", at: w => `/card${w.twin}` },
	{ name: "unite", at: w => both(w.twin, w.ada) },
	{ name: "unite-canary", at: w => both(w.canary, w.long) },
	{ name: "groups", at: "/groups" },
	{ name: "group", at: group("") },
	{ name: "group-none", at: `${group("")}-none`, status: 404 },
	{ name: "many-group", at: "/", then: many("group") },
	{ name: "many-book", at: group(""), then: many("book") },
	{ name: "many-sure", at: "/", then: many("remove") },
	{ name: "many-done", at: "/bulk/contacts?at=1&count=2" },
	{ name: "books", at: "/books" },
	{ name: "book-own", at: "/books/contacts" },
	{ name: "book-lent", at: w => `/books/${w.lent}` },
	{ name: "book-read-only", at: w => `/?book=${w.lent}` },
	{ name: "print", at: "/print" },
	{ name: "print-canary", at: w => `/print?card=${w.canary.split("/").at(-1)}` },
	{ name: "square", at: w => `/card${w.rich}/qr` },
	{ name: "square-large", at: w => `/card${w.canary}/qr`, status: 422 },
	{ name: "setup", at: "/setup" },
	{ name: "setup-made", at: "/setup", then: device },
	{ name: "account", at: "/account" },
	{ name: "asks", at: "/asks" },
	{ name: "asked", at: w => `/asks/${w.answered}` },
	{ name: "asked-forgotten", at: w => `/asks/${w.forgotten}` },
	{ name: "review", at: "/review" },
	{ name: "review-wrong", at: w => `/asks/${w.waits[0]}`, then: mended, status: 422 },
	{ name: "inbox", at: "/inbox" },
	{ name: "notice", at: w => `/inbox/${w.notice}` },
	{ name: "notice-over", at: w => `/inbox/${w.over}` },
	{ name: "me", at: "/me" },
	{ name: "me-wrong", at: "/me", then: not_mine, status: 422 },
	{ name: "said", at: w => `/card${w.said}` },
	{ name: "ask", at: w => `/ask${w.card}` },
	{ name: "ask-sure", at: w => `/ask${w.card}`, then: look },
	{ name: "ask-link", at: w => `/ask${w.card}`, then: byself },
	{ name: "ask-revoked", at: w => `/asks/${w.revoked}` },
	{ name: "plan", at: "/plan" },
	{ name: "planned", at: "/plan", then: nobody, status: 422 },
	{ name: "campaigns", at: "/campaigns" },
	{ name: "campaign", at: w => `/campaigns/${w.campaign}` },
	{ name: "campaign-new", at: "/campaigns/new" },
	{ name: "campaign-sure", at: "/campaigns/new", then: campaign },
	{ name: "tray", at: "/tray", who: "nobody" },
	{ name: "target-ask", at: w => w.links[0], who: "nobody" },
	{ name: "target-canary", at: w => w.canary_link, who: "nobody", then: open },
	{ name: "target-form", at: w => w.links[0], who: "nobody", then: open },
	{ name: "target-cut", at: w => w.photo_link, who: "nobody", then: cut_by_target },
	{ name: "target-wrong", at: w => w.links[0], who: "nobody", then: wrong, status: 422 },
	{ name: "target-confirm", at: (w, lang) => w.links[1 + zh(lang)], who: "nobody", then: check },
	{ name: "target-done", at: (w, lang) => w.links[3 + zh(lang)], who: "nobody", then: send },
	{ name: "recall", at: w => w.recall, who: "nobody" },
	{ name: "admin", at: "/admin" },
	{ name: "admin-accounts", at: "/admin/accounts" },
	{ name: "admin-accounts-reset", at: "/admin/accounts", then: reset },
	{ name: "admin-invites", at: "/admin/invitations" },
	{ name: "admin-invited", at: "/admin/invitations", then: invite },
	{ name: "admin-gates", at: "/admin/gateways" },
	{ name: "admin-gates-tested", at: w => w.tested },
	{ name: "admin-outbox", at: "/admin/outbox" },
	{ name: "admin-log", at: "/admin/log" },
	{ name: "log", at: "/log" },
	{ name: "doctor", at: "/doctor" },
	{ name: "invite", at: w => w.invite, who: "nobody" },
	{ name: "invite-wrong", at: w => w.invite, who: "nobody", then: differ, status: 422 },
	{ name: "invite-over", at: `/invite/${"A".repeat(20)}`, who: "nobody", status: 410 },
	{ name: "reset", at: w => w.reset, who: "nobody" },
	{ name: "error-nobody", at: "/nothing-here", who: "nobody", status: 404 },
	{ name: "error-link", at: `/a/${"A".repeat(20)}`, who: "nobody", status: 410 },
	{ name: "error-owner", at: "/card/contacts/gone.vcf", status: 404 },
];

export const is_target = row => /^(target|recall)/.test(row.name);

/* The page of that row in that tab, in that language; what the last answer was. */
export async function go(tab, row, world, lang) {
	let answer = await tab.goto(typeof row.at === "function" ? row.at(world, lang) : row.at);

	if (row.then) {
		const answers = [];
		const note = a => a.request().isNavigationRequest() && answers.push(a);
		tab.on("response", note);
		await row.then(tab, world);
		await tab.waitForLoadState();
		tab.off("response", note);
		answer = answers.at(-1) ?? answer;
	}
	return answer;
}

/* attacks.mjs - what others may try with a browser of the owner's. */
import { createServer } from "node:http";
import { log_in } from "./house.mjs";
import { must, unique } from "./flows.mjs";
import { go, pages, press } from "./pages.mjs";
import { png } from "./png.mjs";

const PATIENCE_MS = 20_000;

/* A page of somebody else's, on a port of its own; its address. */
async function elsewhere(html) {
	const server = createServer((_, answer) => answer.end(`<!doctype html><html lang="en"><title>x</title>${html}`));
	await new Promise(ready => server.listen(0, "127.0.0.1", ready));
	return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

async function count(page, name) {
	await page.goto(`/find?part=1&q=${encodeURIComponent(name)}`);
	return page.locator(".rows b").count();
}

const cookie_of = async context => (await context.cookies()).find(cookie => cookie.name === "kith")?.value;

/* Presses the only button of a foreign page, and says how the server answered. */
async function pressed(page, fields, action) {
	const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
	const there = await elsewhere(`<form method="post" action="${action}">${inputs.join("")}<button>x</button></form>`);
	await page.goto(there.url);
	const [answer] = await Promise.all([page.waitForResponse(a => a.request().method() === "POST"), page.click("button")]);
	there.stop();
	return answer.status();
}

/* Few bytes that claim twenty thousand pixels each way. */
const bomb = () => png(20000, 20000, Buffer.alloc(1 << 20));

async function unhurt(page, name) {
	must(!(await page.evaluate(() => window.__hit)), `a script of a card's ran on ${name}`);
	const links = await page.$$eval("a, form, img, iframe", list => list.map(e =>
		e.getAttribute("href") ?? e.getAttribute("action") ?? e.getAttribute("src") ?? ""));
	const bad = links.filter(link => /^\s*(javascript|vbscript|data:text)/i.test(link));
	must(!bad.length, `${bad[0]} on ${name}`);
	must(!(await page.locator("main script, main [onerror], main iframe").count()), `a tag of a card's on ${name}`);
}

export const attacks = [
	{
		name: "a session fixed before the log-in",
		async go({ page, context, world, house }) {
			await context.addCookies([{ name: "kith", value: "chosen-by-somebody-else-00000000", url: world.url }]);
			await log_in(page, world);
			const first = await cookie_of(context);
			must(first && first !== "chosen-by-somebody-else-00000000", "the cookie stays that of before");
			await context.addCookies([{ name: "kith", value: first, url: world.url }]);
			await page.click("nav form button");
			await page.waitForURL("**/login");
			const other = await house.person();
			await other.context.addCookies([{ name: "kith", value: first, url: world.url }]);
			await other.page.goto("/");
			must(other.page.url().endsWith("/login"), "a session lives on after logging out");
			await log_in(page, world);
			must((await cookie_of(context)) !== first, "two sessions have one cookie");
			await other.close();
		},
	},
	{
		name: "a form on another site",
		owner: true,
		hears_all: true,
		async go({ page, world }) {
			const refused = async (fields, path) => {
				const status = await pressed(page, fields, world.url + path);
				must(status === 403, `a form from elsewhere to ${path} is answered with ${status}`);
			};
			await refused({ fn: "Forged" }, "/new/contacts");
			await refused({ do: "make", label: "Forged" }, "/setup");
			await refused({ etag: "" }, `/remove${world.card}`);
			await refused({ by: "self" }, `/ask${world.card}`);
			await refused({ do: "accept" }, `/asks/${world.answered}`);
			await refused({}, "/logout");
			must((await count(page, "Forged")) === 0, "a forged form made a contact");
			must((await page.goto(`/card${world.card}`)).status() === 200, "a forged form removed a contact");
		},
	},
	{
		name: "a frame on another site",
		owner: true,
		hears_all: true,
		async go({ page, world }) {
			for (const path of ["/", `/card${world.card}`, "/login", world.links[0]]) {
				const there = await elsewhere(`<iframe src="${world.url}${path}"></iframe>`);
				await page.goto(there.url, { waitUntil: "load" });
				const frame = page.frames()[1];
				must(!frame || !(await frame.locator("main").count()), `${path} shows in a frame`);
				there.stop();
			}
		},
	},
	{
		name: "scripts in every field of a card",
		owner: true,
		async go({ page, world }) {
			const at = world.canary;
			for (const path of ["/", "/find?q=canary", `/card${at}`, `/edit${at}`, `/remove${at}`, `/history${at}`, `/ask${at}`,
				"/asks", "/trash", "/tray", world.canary_link]) {
				await page.goto(path, { waitUntil: "load" });
				await page.waitForTimeout(50);
				await unhurt(page, path);
			}
			await page.goto("/");
			await page.type("[name=q]", "canary");
			await page.waitForFunction(() => document.querySelectorAll("#list .rows b").length === 1);
			await unhurt(page, "the search while typing");
		},
	},
	{
		name: "scripts in an answer",
		owner: true,
		async go({ page, world, house }) {
			const evil = `"><img src=x onerror="window.__hit=1"><script>window.__hit=1</script>`;
			const target = await house.person();
			await target.page.goto(world.canary_link);
			await press(target.page, "open");
			for (const field of ["org", "title", "work-address", "note"])
				if (await target.page.locator(`#${field}`).count())
					await target.page.fill(`#${field}`, evil);
			await press(target.page, "check");
			await unhurt(target.page, "what the target looks over");
			await press(target.page, "send");
			await unhurt(target.page, "what the target reads last");
			await target.close();
			await page.goto("/asks");
			await page.locator("ul.rows a", { hasText: "Canary" }).first().click();
			await unhurt(page, "the answer");
			await page.goto(`/history${world.canary}`);
			await unhurt(page, "the history");
		},
	},
	{
		name: "a picture that claims to be huge",
		owner: true,
		async go({ page, world }) {
			await page.goto(`/edit${world.rich}`);
			await page.setInputFiles("#photo", { name: "big.png", mimeType: "image/png", buffer: bomb() });
			await page.click("form.sheet .go button", { timeout: PATIENCE_MS });
			await page.waitForSelector("[role=alert]");
			must((await page.locator("h1").count()) === 1, "what was typed is gone");
		},
	},
	{
		name: "a file that is too large",
		owner: true,
		hears_all: true,
		async go({ page }) {
			await page.goto("/files/contacts");
			const note = `NOTE:${"x".repeat(70)}\r\n`.repeat(160_000); /* 12 MB */
			const card = `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:huge\r\nFN:Huge\r\n${note}END:VCARD\r\n`;
			await page.setInputFiles("#file", { name: "huge.vcf", mimeType: "text/vcard", buffer: Buffer.from(card) });
			await page.click("form[enctype] button", { timeout: PATIENCE_MS });
			await page.waitForSelector("#file", { state: "detached" });
			must(/large|大/i.test(await page.innerText("body")), "it is not said that it is too large");
		},
	},
	{
		name: "a button pressed twice",
		owner: true,
		async go({ page, context }) {
			const name = unique("Twice");
			await page.goto("/new/contacts");
			await page.fill("[name=fn]", name);
			await page.dblclick("form.sheet .go button");
			/* The second press ends the first one's navigation: not an error here. */
			await page.waitForFunction(() => location.pathname.includes("/card/"));
			await page.waitForTimeout(200);
			const other = await context.newPage();
			must((await count(other, name)) === 1, `it made several contacts`);
		},
	},
	{
		name: "a form sent twice",
		owner: true,
		async go({ page }) {
			const name = unique("Once");
			await page.goto("/new/contacts");
			const hidden = await page.$$eval("form.sheet input[type=hidden]", list => list.map(e => [e.name, e.value]));
			const sent = fn => page.request.post("/new/contacts", { multipart: { ...Object.fromEntries(hidden), fn }, maxRedirects: 0 });
			const places = (await Promise.all([sent(name), sent(name), sent(name)])).map(answer => answer.headers().location);
			must(new Set(places).size === 1 && places[0], `it led to ${places}`);
			must((await count(page, name)) === 1, "it made several contacts");
			const other = await sent(`${name} other`);
			must(other.status() === 303 && other.headers().location !== places[0], "what was typed after going back is lost");
			must((await count(page, name)) === 2, "what was typed after going back made no contact");
		},
	},
	{
		name: "back, and sent again",
		owner: true,
		async go({ page }) {
			const name = unique("Back");
			await page.goto("/new/contacts");
			await page.fill("[name=fn]", name);
			await page.click("form.sheet .go button");
			await page.waitForURL("**/card/**");
			await page.goBack();
			must(page.url().endsWith("/new/contacts"), "back does not lead to the form");
			await page.goForward();
			await page.reload();
			must((await count(page, name)) === 1, "back made a second contact");
		},
	},
	{
		name: "a page kept after logging out",
		async go({ page, world }) {
			await log_in(page, world);
			await page.goto(`/card${world.card}`);
			await page.goto("/");
			await page.click("nav form button");
			await page.waitForURL("**/login");
			for (let back = 0; back < 2; back++)
				await page.goBack();
			await page.reload();
			must(page.url().endsWith("/login"), "a card shows after logging out");
		},
	},
	{
		name: "somebody without a session",
		async go({ page, world }) {
			for (const row of pages.filter(row => row.who !== "nobody" && !row.then && row.name !== "error-owner")) {
				await go(page, row, world, "en");
				must(page.url().endsWith("/login"), `${row.name} shows without a session`);
			}
		},
	},
];

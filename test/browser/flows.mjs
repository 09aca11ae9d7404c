/* flows.mjs - what people do, from the first click to the last, with script and without.  Each makes the
 * contacts it needs; `must` ends one that went wrong. */
import { log_in } from "./house.mjs";
import { press } from "./pages.mjs";
import { stripes } from "./png.mjs";

export function must(truth, what) {
	if (!truth)
		throw new Error(what);
}

/* A name nobody has yet, of letters: digits would be looked for among the numbers. */
let number = 0;
const letters = value => [...String(value)].map(digit => "abcdefghij"[digit]).join("");
export const unique = word => `${word} ${letters(process.pid)}x${letters(++number)}`;
const text = page => page.innerText("main");
const save = page => page.click("form.sheet .go button");

/* A new contact by the form; its page is what one sees then. */
async function made(page, name, mobile) {
	await page.goto("/new/contacts");
	await page.fill("[name=fn]", name);
	await page.fill("[name=tel-0]", mobile);
	await save(page);
	await page.waitForURL("**/card/**");
	must((await page.innerText("h1")) === name, `the page is not that of ${name}`);
	return new URL(page.url()).pathname.replace("/card/", "");
}

const phone_number = () => `+861380013${String(process.pid % 100).padStart(2, "0")}${String(++number).padStart(2, "0")}`;

async function find(page, word) {
	await page.goto("/");
	await page.fill("[name=q]", word);
	await page.press("[name=q]", "Enter");
	await page.waitForURL(url => url.pathname !== "/");
	return page.url().includes("/card/") ? 1 : page.locator("#list .rows b").count();
}

async function remove(page, at) {
	await page.goto(`/card/${at}`);
	await page.click(`a[href^="/remove/"]`);
	await page.click("form.sheet button");
	await page.waitForURL(url => !url.pathname.startsWith("/remove"));
}

/* A link for that contact, which the owner sends himself. */
async function ask(page, at) {
	await page.goto(`/card/${at}`);
	await page.click(`a[href^="/ask/"]`);
	await page.check("input[value=self]");
	await page.fill("#say", "Is this still right?");
	await save(page);
	must((await text(page)).includes("/a/…"), "the text is not shown before it goes");
	await page.click("button[value=send]");
	return (await text(page)).match(/\/a\/[\w-]{20}/)[0];
}

/* The contact on his phone: says what changed, adds a firm, looks it over, sends it. */
async function answer(house, link, script, mobile) {
	const target = await house.person({ lang: "zh", script });
	const { page } = target;
	await page.goto(link);
	await press(page, "open");
	await page.check("input[type=radio][value=change]");
	await page.locator("fieldset.item input[type=tel], fieldset.item input[name^=value], fieldset.item input:not([type=radio])").first().fill(mobile);
	await page.fill("#org", "新东家");
	await press(page, "check");
	must((await text(page)).includes("新东家"), "what was filled in is not looked over");
	await press(page, "send");
	must((await page.locator("form").count()) === 0 && !(await text(page)).includes("新东家"), "it was not taken");
	must(!target.heard.length, target.heard.join("; "));
	await page.goto(link);
	must((await page.locator("h1").count()) === 1 && !(await text(page)).includes("新东家"), "the link shows what was sent");
	await target.close();
}

/* Of the picture on a contact's page, left, middle and right: which of red, green and blue. A page
 * without rules looks at it. */
async function seen(page) {
	const src = await page.locator("img.face.large").getAttribute("src");
	const jpeg = await (await page.request.get(src)).body();
	must(jpeg.subarray(0, 2).toString("hex") === "ffd8", "the picture is no JPEG");
	const tab = await (await page.context().browser().newContext()).newPage();
	const found = await tab.evaluate(async base64 => {
		const picture = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
		const canvas = new OffscreenCanvas(picture.width, picture.height);
		const pen = canvas.getContext("2d");
		pen.drawImage(picture, 0, 0);
		return [1, 3, 5].map(sixth => {
			const [...rgb] = pen.getImageData(picture.width * sixth / 6, picture.height / 2, 1, 1).data.slice(0, 3);
			return rgb.indexOf(Math.max(...rgb));
		});
	}, jpeg.toString("base64"));
	await tab.context().close();
	return found;
}

export const flows = [
	{
		name: "log in and out",
		async go({ page, world }) {
			await page.goto("/asks");
			must(page.url().endsWith("/login"), "a page of the owner's shows without a session");
			await log_in(page, world);
			await page.click("nav form button");
			await page.waitForURL("**/login");
			await page.goBack();
			await page.reload();
			must(page.url().endsWith("/login"), "the book shows after logging out");
		},
	},
	{
		name: "a new contact, changed, found",
		owner: true,
		async go({ page }) {
			const name = unique("新来的 Newcomer");
			const at = await made(page, name, phone_number());
			await page.click(`a[href^="/edit/"]`);
			await page.fill("[name=org]", "Paper & Sons <Ltd>");
			await save(page);
			await page.waitForURL("**/card/**");
			must((await text(page)).includes("Paper & Sons <Ltd>"), "the change is not there");
			must((await find(page, name)) === 1 && page.url().endsWith(at), "it was not found");
		},
	},
	{
		name: "search while typing",
		owner: true,
		scripts: [true],
		async go({ page }) {
			await page.goto("/");
			await page.type("[name=q]", "lisi");
			await page.waitForFunction(() => document.querySelectorAll("#list .rows b").length === 1);
			must((await page.innerText("#list .rows b")) === "李四", "it is not who was typed");
			await page.fill("[name=q]", "");
			await page.waitForFunction(() => document.querySelectorAll("#list .rows b").length > 20);
		},
	},
	{
		name: "ticked in what was found",
		owner: true,
		async go({ page, script }) {
			const word = unique("Ticked");
			await made(page, `${word} 甲`, phone_number());
			await made(page, `${word} 乙`, phone_number());
			const search = async () => {
				await page.goto("/");
				await page.fill("[name=q]", word);
				if (script)
					await page.waitForFunction(() => document.querySelectorAll("#list .rows b").length === 2);
				else
					await page.press("[name=q]", "Enter");
			};
			await search();
			for (const tick of await page.locator("#list .ticked input").all())
				await tick.check();
			await press(page, "remove");
			await page.click("form.sheet button");
			await page.waitForURL("**/bulk/**");
			await press(page, "undo");
			await search();
			must((await page.locator("#list .rows b").count()) === 2, "they did not come back");
		},
	},
	{
		name: "another row in a form",
		owner: true,
		scripts: [true],
		async go({ page }) {
			await page.goto("/new/contacts");
			const rows = page.locator("fieldset:has([name^=tel-]) .line");
			const before = await rows.count();
			await page.click("fieldset:has([name^=tel-]) [data-more]");
			must((await rows.count()) === before + 1, "no row came");
			await page.keyboard.type("13600001111");
			await page.fill("[name=fn]", unique("Two rows"));
			await save(page);
			await page.waitForURL("**/card/**");
			must(/136\s?0000\s?1111/.test(await text(page)), "the row's number is not in the card");
		},
	},
	{
		name: "removed and brought back",
		owner: true,
		async go({ page }) {
			const name = unique("Gone 走");
			const at = await made(page, name, phone_number());
			await remove(page, at);
			must((await page.goto(`/card/${at}`)).status() === 404, "it is still there");
			await page.goto("/trash");
			await page.locator("li.row", { hasText: name }).locator("form button").click();
			await page.waitForURL("**/card/**");
			must((await page.innerText("h1")) === name, "it did not come back");
		},
	},
	{
		name: "a link of one's own, and its text copied",
		owner: true,
		async go({ page, script }) {
			const at = await made(page, unique("Copy 抄"), phone_number());
			const link = await ask(page, at);
			must((await page.getAttribute(`a[href^="sms:"]`, "href")).includes(encodeURIComponent(link)), "not in the SMS");
			const button = page.locator("button[data-copy]");
			must((await button.isVisible()) === script, "a button that does nothing is shown, or none where it would");
			if (script) {
				await button.click();
				await page.waitForFunction(() => document.getElementById("copied").textContent);
			}
			await page.reload();
			must((await text(page)).includes(link), "sent once more, the link is another");
		},
	},
	{
		name: "a change taken back",
		owner: true,
		async go({ page }) {
			const name = unique("Undo 撤");
			const at = await made(page, name, phone_number());
			await page.goto(`/edit/${at}`);
			await page.fill("[name=fn]", `${name} changed`);
			await save(page);
			await page.goto(`/history/${at}`);
			await page.locator("form button[name=rev]").last().click();
			await page.waitForURL("**/card/**");
			must((await page.innerText("h1")) === name, "it is not as it was");
		},
	},
	{
		name: "a file in, looked at first, and taken back; and out",
		owner: true,
		async go({ page }) {
			const name = unique("导入 Imported");
			const card = `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${name}\r\nFN:${name}\r\nEND:VCARD\r\n`;
			await page.goto("/files/contacts");
			await page.setInputFiles("#file", { name: "x.vcf", mimeType: "text/vcard", buffer: Buffer.from(card) });
			await save(page);
			must((await find(page, name)) === 0, "it was taken before it was said so");
			await page.goto("/files/contacts");
			await page.setInputFiles("#file", { name: "x.vcf", mimeType: "text/vcard", buffer: Buffer.from(card) });
			await save(page);
			await page.click("button[name=number]");
			must((await find(page, name)) === 1, "it was not taken in");
			const at = new URL(page.url()).pathname;
			await page.goto("/files/contacts");
			const [download] = await Promise.all([page.waitForEvent("download"), page.click(`a[href*="form=vcard3"]`)]);
			const out = await page.request.get(download.url());
			must((await out.text()).includes(name), "it is not in the export");
			await remove(page, at.replace("/card/", ""));
			must((await find(page, name)) === 0, "it was not taken back");
		},
	},
	{
		name: "a file dropped on its page",
		owner: true,
		async go({ page, script }) {
			if (!script)
				return;
			const name = unique("Dropped");
			await page.goto("/files/contacts");
			must(await page.isVisible("[data-hint]"), "nobody is told that a file can be dropped");
			const data = await page.evaluateHandle(name => {
				const files = new DataTransfer();
				files.items.add(new File([`BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${name}\r\nFN:${name}\r\nEND:VCARD\r\n`], "x.vcf"));
				return files;
			}, name);
			await page.dispatchEvent("main", "dragover", { dataTransfer: data });
			must(await page.locator("form.over").count() === 1, "the form does not say that it takes the file");
			await page.dispatchEvent("main", "drop", { dataTransfer: data });
			await page.waitForSelector("button[name=number]");
			await page.click("button[name=number]");
			await page.waitForSelector("a.button");
			must(await find(page, name) === 1, "what was dropped did not come in");
		},
	},
	{
		name: "a device's password and its square",
		owner: true,
		async go({ page, world }) {
			await page.goto("/setup");
			const label = unique("Phone 手机");
			await page.fill("#label", label);
			await page.click("form:has(#label) .go button");
			const secret = await page.innerText(".secret");
			const box = await page.locator("svg.qr").boundingBox();
			must(box.width > 150 && Math.abs(box.width - box.height) < 2, "the square is not one");
			const may = async () => (await fetch(`${world.url}/dav/`, { method: "PROPFIND", headers: { Depth: "0",
				Authorization: "Basic " + Buffer.from(`${world.login}:${secret}`).toString("base64") } })).status;
			must((await may()) === 207, "the password does not open the book");
			await page.goto("/setup");
			must(!(await page.content()).includes(secret), "the password is shown twice");
			await page.locator("li.row", { hasText: label }).locator("button").click();
			await page.waitForLoadState();
			must((await may()) === 401, "a withdrawn password opens the book");
		},
	},
	{
		name: "asked, answered on a phone, looked at, accepted, undone",
		owner: true,
		async go({ page, house, script }) {
			const name = unique("Asked 问");
			const old = phone_number();
			const fresh = phone_number();
			const at = await made(page, name, old);
			const link = await ask(page, at);
			await answer(house, link, script, fresh);
			await page.goto("/asks");
			await page.locator("ul.rows a", { hasText: name }).click();
			await page.locator("button[name=do][value=accept]").first().click();
			await page.waitForLoadState();
			const bare = async () => (await page.content()).replace(/[ \-]/g, "");
			await page.goto(`/card/${at}`);
			must((await bare()).includes(fresh.slice(3)) && (await text(page)).includes("新东家"), "the answer is not in the card");
			await page.goto(`/history/${at}`);
			await page.locator("form button[name=rev]").last().click();
			await page.waitForURL("**/card/**");
			must((await bare()).includes(old.slice(3)) && !(await text(page)).includes("新东家"), "the answer was not undone");
		},
	},
	{
		name: "all that waits, by keyboard",
		owner: true,
		scripts: [true],
		async go({ page, world }) {
			await page.goto("/review");
			const here = () => page.evaluate(() => document.activeElement.closest("[data-item]")?.id ?? "");
			const key = async name => {
				await page.keyboard.press(name);
				return here();
			};
			must(await page.isVisible("[data-keys]"), "the keys are not said");
			const first = await key("j");
			const second = await key("j");
			must(first.startsWith("item-") && second.startsWith("item-") && first !== second, `j leads to ${first}, ${second}`);
			must((await key("k")) === first && (await key("k")) === first, "k does not lead back");
			must((await key("e")) === first && (await page.evaluate(() => document.activeElement.name)) === "value",
				"e does not open the edit");
			const typed = await page.inputValue(`#${first}-value`);
			await page.keyboard.type("jkare"); /* letters, in a field */
			must((await here()) === first && (await page.inputValue(`#${first}-value`)).length === typed.length + 5, "a letter typed did something");
			must((await key("Escape")) === first && !(await page.isVisible(`#${first}-value`)), "Esc does not leave the edit");
			await page.keyboard.press("Control+a");
			must(page.url().endsWith("/review"), "Ctrl and a letter did something");
			const count = await page.locator("[data-item]").count();
			await page.keyboard.press("r");
			await page.waitForURL("**/review?*told=refuse*");
			must((await page.locator("[data-item]").count()) === count - 1, "r did not refuse one");
			must((await here()) === second, "the next one is not where the eye is");
			await page.keyboard.press("a");
			await page.waitForURL("**/review?*told=accept*");
			must((await page.locator(`#${first}, #${second}`).count()) === 0, "a did not take one in");
			must((await page.request.get(`/asks/${world.waits[0]}`)).ok(), "the ask is gone");
		},
	},
	{
		name: "a picture, and the part of it that is meant",
		owner: true,
		async go({ page, script }) {
			const [red, green, blue] = [[200, 0, 0], [0, 200, 0], [0, 0, 200]];
			const at = await made(page, unique("Picture 图"), phone_number());
			/* What is seen left and right of the middle, as 0 red, 1 green, 2 blue. */
			const put = async how => {
				await page.goto(`/edit/${at}`);
				await page.setInputFiles("#photo", stripes(red, green, blue));
				await how?.();
				await save(page);
				await page.waitForURL("**/card/**");
				return seen(page);
			};
			if (!script) {
				must((await put()).join() === "0,1,2", "the whole picture is not taken");
				return;
			}
			must((await put()).join() === "1,1,1", "not the middle at first");
			must((await put(() => page.press("[data-by=across]", "End"))).join() === "2,2,2", "the keys do not move it");
			const canvas = page.locator("[data-crop] canvas");
			const drag = async () => {
				await canvas.scrollIntoViewIfNeeded();
				const box = await canvas.boundingBox();
				await page.mouse.move(box.x + 20, box.y + 40);
				await page.mouse.down();
				await page.mouse.move(box.x + box.width + 60, box.y + 40, { steps: 8 });
				await page.mouse.up();
			};
			must((await put(drag)).join() === "0,0,0", "dragging does not move it");
			must((await put(() => page.press("[data-by=size]", "Home"))).join() === "0,1,2", "it cannot be had whole");
		},
	},
	{
		name: "what comes while one looks",
		owner: true,
		scripts: [true],
		async go({ page, context, house }) {
			const other = await context.newPage();
			const asked = async () => ask(other, await made(other, unique("News 新"), phone_number()));
			const [first, second] = [await asked(), await asked()];
			const told = page.locator("[role=status] .notice");
			const hide = hidden => page.evaluate(now => {
				Object.defineProperty(document, "hidden", { value: now, configurable: true });
				document.dispatchEvent(new Event("visibilitychange"));
			}, hidden);
			const listens = () => page.waitForRequest(r => r.url().includes("/api/v1/events"));
			/* Letters of other flows may still be on their way: until none comes. */
			const calm = async () => {
				for (let i = 0; i < 20; i++) {
					const heard = listens();
					await page.goto("/asks");
					await heard;
					await page.waitForTimeout(500);
					if (!(await told.isVisible()))
						return;
				}
				must(false, "something is new again and again");
			};
			await calm();
			await answer(house, first, true, "13800009911");
			await told.waitFor();
			let heard = listens();
			await told.locator("a").click();
			await heard; // the page is another one: what it shows is not new
			await calm();
			const gone = page.waitForEvent("requestfailed", r => r.url().includes("/api/v1/events"));
			await hide(true);
			await gone;
			await answer(house, second, true, "13800009912");
			must(!(await told.isVisible()), "it listens though it is hidden");
			heard = listens();
			await hide(false);
			await heard;
			await told.waitFor();
			must(new URL(page.url()).pathname === "/asks", "it went elsewhere by itself");
		},
	},
	{
		name: "no and never again",
		owner: true,
		async go({ page, house, script }) {
			const at = await made(page, unique("No 不"), phone_number());
			const link = await ask(page, at);
			const target = await house.person({ lang: "zh", script });
			await target.page.goto(link);
			await target.page.click("summary");
			await press(target.page, "decline");
			must(!(await target.page.locator("form").count()), "a no is asked again");
			await target.close();
		},
	},
];

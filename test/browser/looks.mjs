/* looks.mjs - what every page has to stand: axe, widths, keyboard, large text, forced colours. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { kinds } from "./kinds.mjs";
import { go, is_target } from "./pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
export const sizes = [{ width: 320, height: 700 }, { width: 768, height: 1024 }, { width: 1280, height: 900 }];
export const schemes = ["light", "dark"];
const SHARP = { zh: ["light-320"], en: ["dark-1280"] }; /* where axe looks */
const TARGET_MAX_BYTES = 30_000;
const PAGE_MAX_BYTES = 60_000;
const FILES_MAX_BYTES = 60_000; /* style and script together */

/* --- each looks at the page as it is now, and says what is wrong --- */

async function violations(page) {
	await page.evaluate(axe);
	const found = await page.evaluate(tags => window.axe.run(document, { runOnly: { type: "tag", values: tags },
		preload: false, resultTypes: ["violations"] }), RULES);
	return found.violations.map(v => `${v.id} (${v.help}): ${v.nodes.map(n => `${n.target} ${n.failureSummary}`).join("; ")}`);
}

const too_wide = page => page.evaluate(() => {
	const over = document.documentElement.scrollWidth - window.innerWidth;
	const who = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
		.slice(-3).map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)}`);
	return over > 1 ? [`${over} px too wide: ${who}`] : [];
});

/* Text that a box hides; a field scrolls its own. */
const cut = page => page.evaluate(() => [...document.body.querySelectorAll("*")].filter(e => {
	const style = getComputedStyle(e);
	return !e.matches(".unseen, input, select, textarea, svg, svg *") && e.checkVisibility() && e.textContent.trim() &&
		((/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1) ||
		(/hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1));
}).map(e => `cut: ${e.textContent.trim().slice(0, 40)}`));

/* Without backgrounds a button is known by its edge. */
const edgeless = page => page.evaluate(() => [...document.querySelectorAll("button, .button")].filter(e => {
	const style = getComputedStyle(e);
	return e.checkVisibility() && !e.matches(".bare") && (style.borderStyle === "none" || style.borderWidth === "0px" ||
		style.borderColor === getComputedStyle(document.body).backgroundColor);
}).map(e => `no edge: ${e.textContent.trim()}`));

/* Tab goes through every control in the order of the page, and one sees where it is. */
async function by_keyboard(page) {
	const names = await page.evaluate(() => {
		const groups = new Set();
		const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
			.filter(e => !e.disabled && e.type !== "hidden" && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }));
		window.__stops = all.filter(e => {
			if (e.type !== "radio")
				return true;
			const group = [...document.getElementsByName(e.name)];
			const first = group.find(r => r.checked) ?? group[0];
			return first === e && !groups.has(e.name) && groups.add(e.name);
		});
		const plain = e => `${getComputedStyle(e).outline}|${getComputedStyle(e).boxShadow}`;
		window.__plain = window.__stops.map(plain);
		document.activeElement?.blur();
		return window.__stops.map(e => `${e.tagName} ${e.name || e.textContent.trim().slice(0, 20)}`);
	});
	const wrong = [];
	let expected = 0;
	for (let tries = 0; expected < names.length && tries < names.length * 2 + 20; tries++) {
		await page.keyboard.press("Tab");
		const [at, seen] = await page.evaluate(() => {
			const e = document.activeElement;
			const style = getComputedStyle(e);
			const index = window.__stops.indexOf(e);
			return [index, (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) ||
				`${style.outline}|${style.boxShadow}` !== window.__plain[index]];
		});
		if (at === expected - 1 && at >= 0)
			continue; /* a field with parts, as a date has */
		if (at !== expected)
			return [...wrong, `Tab went to ${names[at] ?? "nowhere"} instead of ${names[expected]}`];
		if (!seen)
			wrong.push(`no focus to be seen on ${names[at]}`);
		expected++;
	}
	return expected < names.length ? [...wrong, `Tab never reached ${names[expected]}`] : wrong;
}

async function too_large(page, row, answer) {
	const html = (await answer.body()).length;
	const limit = is_target(row) ? TARGET_MAX_BYTES : PAGE_MAX_BYTES;
	const paths = await page.$$eval("link[rel=stylesheet], script[src]", list => list.map(e => e.href || e.src));
	let files = 0;
	for (const path of paths)
		files += (await (await page.request.get(path)).body()).length;
	return [html > limit && `${html} bytes of HTML, over ${limit}`,
		files > FILES_MAX_BYTES && `${files} bytes of style and script`].filter(Boolean);
}

/* --- one page, all of it --- */

async function every_size(page, lang, found) {
	for (const colorScheme of schemes)
		for (const size of sizes) {
			const mark = `${colorScheme}-${size.width}`;
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize(size);
			const add = (kind, list) => found[kind].push(...list.map(w => `${lang}-${mark}: ${w}`));
			add("fits", await too_wide(page));
			if (SHARP[lang].includes(mark))
				add("axe", await violations(page));
		}
}

/* Twice the text on the narrowest screen, and colours that the reader has chosen. */
async function strained(page, found) {
	await page.setViewportSize(sizes[0]);
	await page.emulateMedia({ forcedColors: "active" });
	found["forced colours"].push(...await too_wide(page), ...await edgeless(page));
	await page.emulateMedia({ forcedColors: "none" });
	await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
	found["large text"].push(...await too_wide(page), ...await cut(page));
}

async function one_language(house, row, lang, found) {
	const someone = await house.person({ lang, owner: row.who !== "nobody", viewport: sizes[1] });
	const { page } = someone;
	await page.addInitScript(() => delete window.EventSource); /* what other checks do is not news here */
	const before = Object.values(found).flat().length;
	try {
		const answer = await go(page, row, house.world, lang);
		const wanted = row.status ?? 200;
		if (answer && answer.status() !== wanted && !(row.then && answer.status() === 403))
			found.quiet.push(`${lang}: answered with ${answer.status()}, not ${wanted}`);
		if (await page.getAttribute("html", "lang") !== lang)
			found.quiet.push(`${lang}: in another language`);
		found.small.push(...await too_large(page, row, answer));
		if (lang === "zh")
			found.keys.push(...await by_keyboard(page));
		await every_size(page, lang, found);
		await strained(page, found);
		found.quiet.push(...someone.heard.map(h => `${lang}: ${h}`));
	} finally {
		if (Object.values(found).flat().length > before)
			await house.keep(page, `page-${row.name}-${lang}`);
		await someone.close();
	}
}

/* All checks of one page: { kind: [what is wrong] }. */
export async function look(house, row) {
	const found = Object.fromEntries(kinds.map(kind => [kind, []]));
	for (const lang of ["zh", "en"])
		await one_language(house, row, lang, found);
	return found;
}

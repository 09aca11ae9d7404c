/* house.mjs - one browser for all checks, who sits before it, and what must never be heard of it. */
import { existsSync, mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const programs = [process.env.KITH_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser",
	"/usr/bin/google-chrome"];
const locales = { zh: "zh-CN", en: "en-GB" };
const phone = { width: 390, height: 844 };

export class House {
	constructor(world, browser, pictures) {
		Object.assign(this, { world, browser, pictures, state: null });
	}

	static async open(world, pictures) {
		const executablePath = programs.find(path => path && existsSync(path));
		if (!executablePath)
			throw new Error("no chromium is installed (tools/deps check)");
		const args = process.getuid() === 0 ? ["--no-sandbox"] : [];
		return new House(world, await chromium.launch({ executablePath, args }), pictures);
	}

	/* Somebody with a browser of his own; .close() when he leaves. */
	async person({ lang = "en", script = true, owner = false, viewport = phone } = {}) {
		if (owner && !this.state)
			this.state = await this.log_in();
		const context = await this.browser.newContext({ baseURL: this.world.url, locale: locales[lang],
			javaScriptEnabled: script, viewport, storageState: owner ? this.state : undefined });
		context.setDefaultTimeout(15000);
		const heard = listen(context, this.world.url);
		await context.addInitScript(() => {
			window.alert = () => { window.__hit = 1; };
		});
		const page = await context.newPage();
		return { context, page, heard, script, world: this.world, house: this, close: () => context.close() };
	}

	async log_in() {
		const someone = await this.person();
		await log_in(someone.page, this.world);
		const state = await someone.context.storageState();
		await someone.close();
		return state;
	}

	/* A picture of what went wrong; where it lies. */
	async keep(page, name) {
		if (!this.pictures || page.isClosed())
			return "";
		mkdirSync(this.pictures, { recursive: true });
		const path = `${this.pictures}/${name.replace(/[^\w-]+/g, "-")}.png`;
		await page.screenshot({ path, fullPage: true }).catch(() => {});
		return path;
	}

	close() {
		return this.browser.close();
	}
}

export async function log_in(page, world) {
	await page.goto("/login");
	await page.fill("#login", world.login);
	await page.fill("#password", world.password);
	await page.click("main button");
	await page.waitForURL(url => url.pathname === "/");
}

/* All that a page must not make a browser say. A status of the page itself is the page's own affair;
 * one of what it loads is not. */
function listen(context, origin) {
	const heard = [];
	context.on("console", said => {
		if (["error", "warning"].includes(said.type()) && !said.text().startsWith("Failed to load resource"))
			heard.push(`${said.type()}: ${said.text()}`);
	});
	context.on("weberror", thrown => heard.push(`thrown: ${thrown.error()}`));
	context.on("dialog", dialog => {
		heard.push(`dialog: ${dialog.message()}`);
		dialog.dismiss();
	});
	context.on("request", request => {
		if (!/^(data|blob|about|chrome-error):/.test(request.url()) && !request.url().startsWith(origin + "/"))
			heard.push(`a request to ${request.url()}`);
	});
	context.on("requestfailed", request => {
		if (!request.isNavigationRequest() && request.failure()?.errorText !== "net::ERR_ABORTED")
			heard.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
	});
	context.on("response", response => {
		if (!response.request().isNavigationRequest() && response.status() >= 400)
			heard.push(`${response.status()}: ${response.url()}`);
	});
	return heard;
}

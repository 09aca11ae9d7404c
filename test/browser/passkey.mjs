// passkey.mjs URL LOGIN PASSWORD - makes a passkey in Chromium and signs in with it.
// The authenticator is Chromium's own virtual one (CDP, WebAuthn.addVirtualAuthenticator).
// Prints one JSON object; ends with 1 when something is not as it should be.
import { chromium } from "playwright-core";

const [url, login, password] = process.argv.slice(2);
const device = {
	protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true,
	hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
};
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const seen = {};
try {
	const context = await browser.newContext({ locale: "en-GB" });
	const page = await context.newPage();
	const refused = [];
	page.on("console", said => { if (said.type() === "error") refused.push(said.text()); });
	page.on("pageerror", error => refused.push(String(error)));
	const cdp = await context.newCDPSession(page);
	await cdp.send("WebAuthn.enable");
	const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: device });

	await page.goto(`${url}/login`);
	await page.fill("#login", login);
	await page.fill("#password", password);
	await page.click("form[action='/login'] button");
	await page.goto(`${url}/passkeys`);
	await page.fill("#label", "Chromium");
	await page.click("form[data-passkey] button");
	await page.waitForSelector("[role=status]");
	seen.kept = await page.textContent(".rows b");
	const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
	seen.resident = credentials.map(one => one.isResidentCredential && one.rpId);

	// The same device once more: it says itself that it has one, and the page says so.
	await page.fill("#label", "again");
	await page.click("form[data-passkey=make] .go button");
	await page.waitForSelector("form[data-passkey] [role=alert]:visible");

	await context.clearCookies();
	for (const round of [1, 2]) {
		await page.goto(`${url}/login`);
		await page.click("form[data-passkey] button");
		await page.waitForURL(`${url}/`);
		seen[`round${round}`] = await page.getAttribute(".tabs [aria-current]", "href");
		await context.clearCookies();
	}

	// Without the person's finger, nothing.
	await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
	await page.goto(`${url}/login`);
	await page.click("form[data-passkey] button");
	await page.waitForSelector("form[data-passkey] [role=alert]:visible", { timeout: 90_000 });
	seen.unverified = new URL(page.url()).pathname;
	seen.refused = refused;

	// Without script the page says what it wants.
	const plain = await browser.newContext({ javaScriptEnabled: false, locale: "en-GB" });
	const bare = await plain.newPage();
	await bare.goto(`${url}/login`);
	seen.offered = await bare.isVisible("form[data-passkey]");
	await bare.fill("#login", login);
	await bare.fill("#password", password);
	await bare.click("form[action='/login'] button");
	await bare.goto(`${url}/passkeys`);
	seen.words = await bare.textContent("noscript");
	console.log(JSON.stringify(seen));
} finally {
	await browser.close();
}

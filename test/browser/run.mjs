/* run.mjs - all checks in one browser.
 *
 *   node run.mjs --list                    their names, a JSON list
 *   node run.mjs WORLD.json PICTURES       does those named on standard input (a JSON list), and says
 *                                          { check, wrong: [...] } a line for each
 *
 * WORLD.json is what test/end/filled.py tells of its server; PICTURES is where failures are kept. */
import { readFileSync } from "node:fs";

const AT_ONCE = 3;

async function table() {
	const { pages } = await import("./pages.mjs");
	const { kinds } = await import("./kinds.mjs");
	const { flows } = await import("./flows.mjs");
	const { attacks } = await import("./attacks.mjs");
	const of_page = row => kinds.map(kind => `page ${row.name}: ${kind}`);
	return {
		pages: pages.map(row => ({ row, names: of_page(row) })),
		ways: [
			...flows.flatMap(flow => (flow.scripts ?? [true, false]).map(script => ({ ...flow, script,
				name: `flow ${flow.name}, ${script ? "with" : "without"} script` }))),
			...attacks.map(attack => ({ ...attack, script: true, name: `attack ${attack.name}` })),
		],
	};
}

const say = (check, wrong) => console.log(JSON.stringify({ check, wrong }));
const words = e => String(e?.message ?? e).replace(/\x1b\[[0-9;]*m/g, "");

async function one_page(house, { row, names }) {
	const { look } = await import("./looks.mjs");
	try {
		const found = await look(house, row);
		Object.values(found).forEach((wrong, i) => say(names[i], [...new Set(wrong)]));
	} catch (e) {
		names.forEach(name => say(name, [words(e)]));
	}
}

/* A way begins with somebody who has not logged in; it throws when something is not as it should be. */
async function one_way(house, way) {
	const someone = await house.person({ script: way.script, owner: way.owner });
	let wrong = [];
	try {
		await way.go(someone, house);
		wrong = way.hears_all ? [] : someone.heard;
	} catch (e) {
		wrong = [words(e), ...someone.heard];
	}
	if (wrong.length)
		wrong.push(`seen in ${await house.keep(someone.page, way.name)}`);
	say(way.name, wrong);
	await someone.close();
}

/* So many at once, in the order of the list. */
async function all(jobs) {
	const queue = jobs[Symbol.iterator]();
	const worker = async () => {
		for (const job of queue)
			await job();
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function main() {
	const { pages, ways } = await table();
	if (process.argv[2] === "--list") {
		console.log(JSON.stringify([...pages.flatMap(page => page.names), ...ways.map(way => way.name)]));
		return;
	}
	const { House } = await import("./house.mjs");
	const wanted = new Set(JSON.parse(readFileSync(0, "utf8")));
	const house = await House.open(JSON.parse(readFileSync(process.argv[2], "utf8")), process.argv[3]);
	/* Pages first, as long as the book is as it was filled. */
	await all(pages.filter(page => page.names.some(name => wanted.has(name))).map(page => () => one_page(house, page)));
	await all(ways.filter(way => wanted.has(way.name)).map(way => () => one_way(house, way)));
	await house.close();
}

await main();

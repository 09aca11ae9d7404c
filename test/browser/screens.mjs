/* screens.mjs - pictures of every page, in both languages and schemes, at three widths.
 *
 *   node screens.mjs WORLD.json FOLDER [part of a name]      called by tools/screens */
import { mkdirSync, readFileSync } from "node:fs";
import { House } from "./house.mjs";
import { schemes, sizes } from "./looks.mjs";
import { go, pages } from "./pages.mjs";

const [world_path, folder, part = ""] = process.argv.slice(2);
const house = await House.open(JSON.parse(readFileSync(world_path, "utf8")));

mkdirSync(folder, { recursive: true });
for (const row of pages.filter(row => row.name.includes(part)))
	for (const lang of ["zh", "en"]) {
		const someone = await house.person({ lang, owner: row.who !== "nobody" });
		const { page } = someone;
		await go(page, row, house.world, lang);
		for (const colorScheme of schemes)
			for (const size of sizes) {
				await page.emulateMedia({ colorScheme });
				await page.setViewportSize(size);
				await page.screenshot({ path: `${folder}/${row.name}-${lang}-${colorScheme}-${size.width}.png` });
			}
		await someone.close();
	}
await house.close();

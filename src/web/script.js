/* script.js - search while typing, and rows added to a form; all of it works without. */
"use strict";
(() => {
	const find = document.querySelector("form[data-instant]");
	const list = document.getElementById("list");
	if (find && list) {
		const input = find.elements.q;
		const before = list.innerHTML;
		let timer = 0;
		let latest = 0;
		const show = async () => {
			const typed = input.value.trim();
			const mine = ++latest;
			if (!typed) {
				list.innerHTML = before;
				return;
			}
			const query = new URLSearchParams(new FormData(find));
			query.set("part", "1");
			const answer = await fetch("/find?" + query).catch(() => null);
			if (answer && answer.ok && mine === latest)
				list.innerHTML = await answer.text();
		};
		input.addEventListener("input", () => {
			clearTimeout(timer);
			timer = setTimeout(show, 90);
		});
	}
	for (const more of document.querySelectorAll("button[data-more]")) {
		more.hidden = false;
		more.addEventListener("click", event => {
			const last = more.previousElementSibling;
			const number = Number(more.dataset.next);
			if (!last || !number || number >= Number(more.dataset.limit))
				return;
			event.preventDefault();
			const row = last.cloneNode(true);
			for (const field of row.querySelectorAll("[name]")) {
				field.name = field.name.replace(/[0-9]+$/, String(number));
				if (field.tagName !== "SELECT")
					field.value = "";
			}
			more.dataset.next = String(number + 1);
			more.before(row);
			row.querySelector("input:not([type=hidden])").focus();
		});
	}
})();

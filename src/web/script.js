/* script.js - search while typing, rows added to a form, keys for what waits, a word of what came,
 * a picture cut, a file dropped, a text copied; all of it works without. Passkeys are the one thing that does not: browsers keep them for scripts. */
"use strict";
(() => {
	const letters = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
		.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
	const bytes = text => Uint8Array.from(
		atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));

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

	/* --- all that waits: item by item, by keyboard; only while an item or nothing has the focus --- */
	const items = [...document.querySelectorAll("[data-item]")];
	const help = document.querySelector("[data-keys]");
	if (help && items.length) {
		let sent = false;
		const here = () => items.findIndex(item => item.contains(document.activeElement));
		const step = by => {
			const to = here() < 0 ? 0 : here() + by;
			items[Math.min(Math.max(to, 0), items.length - 1)].focus();
		};
		const press = word => {
			const button = items[here()]?.querySelector(`button[value="${word}"]`);
			if (!button || sent)
				return;
			sent = true;
			button.click();
		};
		const edit = () => {
			const mend = items[here()]?.querySelector(".mend");
			if (!mend)
				return;
			mend.open = true;
			mend.querySelector("[name=value]").focus();
		};
		const keys = {
			j: () => step(1),
			k: () => step(-1),
			a: () => press("accept"),
			r: () => press("refuse"),
			e: edit,
		};
		help.hidden = !matchMedia("(any-hover: hover)").matches; /* no keys on a phone */
		document.addEventListener("keydown", event => {
			const field = event.target.closest("input, textarea, select");
			if (event.key === "Escape" && field && here() >= 0) {
				const item = items[here()];
				item.querySelector(".mend").open = false;
				item.focus();
				return;
			}
			const idle = document.activeElement === document.body || here() >= 0;
			if (field || !idle || event.repeat || event.ctrlKey || event.metaKey || event.altKey ||
				!Object.hasOwn(keys, event.key))
				return;
			event.preventDefault();
			keys[event.key]();
		});
		window.addEventListener("pageshow", () => {
			sent = false;
		});
	}

	/* --- what comes while one looks: a quiet line; nobody listens for a page that is hidden --- */
	const news = document.querySelector("[data-news]");
	if (news && news.dataset.news && window.EventSource) {
		const line = news.firstElementChild;
		const of = location.pathname.split("/");
		const answers = ["answered", "partly", "merged"];
		const matters = {
			asks: { ask: said => !of[2] || of[2] === String(said.ask) },
			review: { ask: said => answers.includes(said.state) },
			inbox: { inbox: said => said.open !== Number(news.dataset.open) },
		}[of[1]];
		let last = news.dataset.news;
		let stream = null;
		const stop = () => {
			stream?.close();
			stream = null;
		};
		const hear = (kind, event) => {
			last = event.lastEventId;
			if (!matters[kind](JSON.parse(event.data)))
				return;
			line.hidden = false;
			stop();
		};
		const listen = () => {
			stop();
			if (document.hidden || !line.hidden)
				return;
			stream = new EventSource("/api/v1/events?since=" + encodeURIComponent(last));
			for (const kind of Object.keys(matters))
				stream.addEventListener(kind, event => hear(kind, event));
		};
		document.addEventListener("visibilitychange", listen);
		window.addEventListener("pagehide", stop);
		window.addEventListener("pageshow", listen);
	}

	/* --- a file dropped anywhere on its page, and how far it is; what comes back is the page that
	 * the form alone would have led to --- */
	const drop = document.querySelector("form[data-drop]");
	if (drop) {
		const file = drop.querySelector("input[type=file]");
		const bar = drop.querySelector("progress");
		const lit = on => drop.classList.toggle("over", on);
		const show = html => {
			const page = new DOMParser().parseFromString(html, "text/html");
			document.replaceChild(document.adoptNode(page.documentElement), document.documentElement);
			scrollTo(0, 0);
		};
		const send = () => {
			const request = new XMLHttpRequest();
			const alone = () => drop.submit();
			request.open("POST", drop.action);
			request.upload.addEventListener("progress", event => {
				if (event.lengthComputable)
					bar.value = event.loaded / event.total;
			});
			request.addEventListener("load", () =>
				request.responseText ? show(request.responseText) : alone());
			request.addEventListener("error", alone);
			bar.hidden = false;
			request.send(new FormData(drop));
		};
		drop.querySelector("[data-hint]").hidden = false;
		document.addEventListener("dragover", event => {
			if (event.dataTransfer.types.includes("Files")) {
				event.preventDefault();
				lit(true);
			}
		});
		document.addEventListener("dragleave", event => {
			if (!event.relatedTarget)
				lit(false);
		});
		document.addEventListener("drop", event => {
			if (!event.dataTransfer.files.length)
				return;
			event.preventDefault();
			lit(false);
			file.files = event.dataTransfer.files;
			drop.requestSubmit();
		});
		drop.addEventListener("submit", event => {
			event.preventDefault();
			if (bar.hidden)
				send();
		});
	}

	/* --- the part of a picture that is taken; without this the server takes its middle --- */
	for (const box of document.querySelectorAll("[data-crop]")) {
		const input = document.getElementById(box.dataset.crop);
		const canvas = box.querySelector("canvas");
		const pen = canvas.getContext("2d");
		const [size, across, down] = box.querySelectorAll("input");
		const full = canvas.width;
		let picture = null;
		const shorter = () => Math.min(picture.width, picture.height);
		const side = () => shorter() / size.value;
		/* A slider's place on what is left of its way; where nothing is left, the middle. */
		const start = (whole, slider) => {
			const left = whole - side();
			slider.disabled = left <= 0;
			return left > 0 ? left * slider.value : left / 2;
		};
		const draw = () => {
			pen.fillStyle = "#fff";
			pen.fillRect(0, 0, full, full);
			pen.drawImage(picture, start(picture.width, across), start(picture.height, down), side(), side(),
				0, 0, full, full);
		};
		const pull = (slider, whole, by) => {
			const left = whole - side();
			if (left > 0)
				slider.value = Number(slider.value) - by * side() / canvas.clientWidth / left;
		};
		const choose = async () => {
			const [file] = input.files;
			picture = file ? await createImageBitmap(file).catch(() => null) : null;
			box.hidden = !picture;
			if (!picture)
				return;
			size.min = shorter() / Math.max(picture.width, picture.height);
			size.value = 1;
			across.value = down.value = 0.5;
			draw();
		};
		input.addEventListener("change", choose);
		box.addEventListener("input", draw);
		canvas.addEventListener("pointerdown", event => canvas.setPointerCapture(event.pointerId));
		canvas.addEventListener("pointermove", event => {
			if (!event.buttons)
				return;
			pull(across, picture.width, event.movementX);
			pull(down, picture.height, event.movementY);
			draw();
		});
		input.form.addEventListener("submit", () => {
			if (!picture)
				return;
			const cut = new DataTransfer();
			const jpeg = bytes(canvas.toDataURL("image/jpeg", 0.92).split(",")[1]);
			cut.items.add(new File([jpeg], "photo.jpg", { type: "image/jpeg" }));
			input.files = cut.files;
		});
	}

	/* --- a text into the clipboard; where a browser has none for us, it is selected --- */
	for (const button of document.querySelectorAll("button[data-copy]")) {
		const source = document.getElementById(button.dataset.copy);
		const said = document.getElementById("copied");
		const copied = () => {
			said.textContent = button.textContent = button.dataset.done;
		};
		const select = () => {
			getSelection().selectAllChildren(source);
			if (document.execCommand("copy"))
				copied();
		};
		button.hidden = false;
		button.addEventListener("click", () => {
			if (navigator.clipboard)
				navigator.clipboard.writeText(source.textContent).then(copied, select);
			else
				select();
		});
	}

	/* --- passkeys: what the device says goes into the form --- */
	const make = (form, challenge) => navigator.credentials.create({ publicKey: {
		challenge,
		rp: { id: form.dataset.host, name: form.dataset.site },
		user: {
			id: bytes(form.dataset.user),
			name: form.dataset.login,
			displayName: form.dataset.name,
		},
		pubKeyCredParams: [-8, -7].map(alg => ({ type: "public-key", alg })),
		authenticatorSelection: {
			residentKey: "required",
			requireResidentKey: true,
			userVerification: "required",
		},
		excludeCredentials: form.dataset.known.split(" ").filter(id => id)
			.map(id => ({ type: "public-key", id: bytes(id) })),
		attestation: "none",
	} });
	const use = (form, challenge) => navigator.credentials.get({ publicKey: {
		challenge,
		rpId: form.dataset.host,
		userVerification: "required",
	} });
	const ask = async form => {
		const fields = form.elements;
		const answer = await fetch(form.action + "/begin", {
			method: "POST",
			body: new URLSearchParams({ csrf: fields.csrf ? fields.csrf.value : "" }),
		});
		if (!answer.ok)
			throw new Error(answer.status);
		const challenge = new TextEncoder().encode((await answer.text()).trim());
		const key = await (form.dataset.passkey === "make" ? make : use)(form, challenge);
		const said = key.response;
		fields.client.value = letters(said.clientDataJSON);
		fields.data.value = letters(said.attestationObject || said.authenticatorData);
		if (!said.signature)
			return;
		fields.signature.value = letters(said.signature);
		fields.id.value = key.id;
		fields.user.value = said.userHandle ? letters(said.userHandle) : "";
	};
	for (const form of document.querySelectorAll("form[data-passkey]")) {
		if (!window.PublicKeyCredential)
			continue;
		const trouble = form.querySelector("[role=alert]");
		form.hidden = false;
		form.addEventListener("submit", event => {
			event.preventDefault();
			trouble.hidden = true;
			ask(form).then(() => form.submit(), () => {
				trouble.hidden = false;
			});
		});
	}
})();

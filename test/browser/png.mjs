/* png.mjs - pictures, made on the spot. */
import { deflateSync } from "node:zlib";

function crc(bytes) {
	let value = ~0;
	for (const byte of bytes) {
		value ^= byte;
		for (let bit = 0; bit < 8; bit++)
			value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
	}
	return ~value >>> 0;
}

function chunk(kind, data) {
	const body = Buffer.concat([Buffer.from(kind), data]);
	const ends = [Buffer.alloc(4), Buffer.alloc(4)];
	ends[0].writeUInt32BE(data.length);
	ends[1].writeUInt32BE(crc(body));
	return Buffer.concat([ends[0], body, ends[1]]);
}

/* A PNG that says it is so large; `pixels` are its rows, each behind a zero: RGB. */
export function png(width, height, pixels) {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head),
		chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))]);
}

/* Stripes beside each other, each as broad as the picture is high. */
export function stripes(...colours) {
	const side = 90;
	const row = Buffer.concat([Buffer.alloc(1), ...colours.flatMap(colour => Array(side).fill(Buffer.from(colour)))]);
	return { name: "stripes.png", mimeType: "image/png",
		buffer: png(side * colours.length, side, Buffer.concat(Array(side).fill(row))) };
}

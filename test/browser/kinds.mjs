/* kinds.mjs - what is checked of every page; looks.mjs says how. */
export const kinds = ["axe", "fits", "quiet", "small", "keys", "large text", "forced colours"];

/**
 * Long texts as people type them: a small part of Markdown, the same as on the server (`server/prose_text.py`).
 *
 * Paragraphs, line breaks, emphasis, strong, lists and links; anything else stays the characters it is.
 */

import MarkdownIt from "./vendor/markdown-it/markdown-it.js";

const RULES = [
  ...["normalize", "block", "inline", "text_join"],
  ...["paragraph", "list"],
  ...["text", "newline", "escape", "emphasis", "link", "balance_pairs", "fragments_join"],
];
const SAFE = /^(?:https?:\/\/|mailto:|\/(?![/\\])|#)/i;
// Both sides strip spaces, and do not agree on what is one: these become plain spaces first.
const SPACES = /[\u000b\u000c\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g;
const LINE_ENDS = /[ \t]+(?=[\r\n]|$)/g;
const MOST_KEPT = 4_096;

const reader = new MarkdownIt("zero", { html: false, breaks: true, linkify: false, typographer: false });
reader.enable(RULES);
reader.validateLink = (/** @type {string} */ address) => SAFE.test(address);
reader.renderer.rules["link_open"] = (tokens, place, options, _env, renderer) => {
  tokens[place]?.attrSet("rel", "nofollow noopener");
  return renderer.renderToken(tokens, place, options);
};

/** @type {Map<string, string>} HTML by text: a page is drawn often, and few of its texts change */
const known = new Map();

/** @param {string} text */
function tidy(text) {
  return text.replace(SPACES, " ").replace(LINE_ENDS, "");
}

/** A text as HTML, in paragraphs and lists. @param {string} text */
export function htmlOf(text) {
  let made = known.get(text);
  if (made === undefined) {
    if (known.size >= MOST_KEPT) known.clear();
    made = /** @type {string} */ (reader.render(tidy(text)));
    known.set(text, made);
  }
  return made;
}

/** A text without its marks: a line for each paragraph and list item. @param {string} text */
export function plain(text) {
  return reader
    .parse(tidy(text), {})
    .filter((token) => token.type === "inline")
    .map((token) => (token.children ?? []).map(({ type, content }) => (/break$/.test(type) ? " " : content)).join(""))
    .join("\n");
}

/** Characters as the server counts them. @param {string} text */
export function length(text) {
  return [...text].length;
}

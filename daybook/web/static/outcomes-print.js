/**
 * June Outcomes as one page when a reader prints them: in the largest letters with which they fit it, on Letter and on A4.
 *
 * How wide letters are depends on the reader's own font, so it is the browser that measures, when it is about to print. It
 * measures a copy in a frame as wide as the paper: what is on screen stays as it is, scrolled, focused and half written.
 */

const LARGEST = 11; // as in paper/outcomes.typ
const SMALLEST = 9;
const STEP = 0.25;
const WIDTH_MM = 180; // of A4, the narrower, less the margins of @page in outcomes.css
const HEIGHT_MM = 257.4; // of Letter, the lower, less the same
const SPARE = 0.99; // on paper letters stand a little wider than on screen, or closer
const PX_PER_MM = 96 / 25.4;

/** Print a page as one from now on. @param {HTMLElement} pager what the print styles find its letters' --points and --x on */
export function printAsOnePage(pager) {
  /** @type {string[] | null} */
  let sheets = null;
  void sources().then((found) => (sheets = found), () => undefined); // without them the size that the server found holds
  addEventListener("beforeprint", () => {
    if (sheets) set(pager, measured(sheets, pager.id));
  });
  addEventListener("afterprint", () => set(pager, { points: null, x: null }));
}

/** @typedef {{ points: number | null, x: number | null }} Letters their size in the PDF's points, and how high an x is in letters of 1 */

/** @param {HTMLElement} pager @param {Letters} letters */
function set(pager, { points, x }) {
  pager.style.setProperty("--points", points === null ? null : String(points));
  pager.style.setProperty("--x", x === null ? null : String(x));
}

/**
 * Read the page's style sheets, which are in the browser's cache, as they were written: the rules that a browser says
 * it has leave out a shorthand with a variable of which a part is set again.
 */
function sources() {
  const addresses = [...document.styleSheets].flatMap((sheet) => sheet.href ?? []);
  return Promise.all(addresses.map(async (address) => (await fetch(address, { cache: "force-cache" })).text()));
}

/** Find the largest letters that fit, or the smallest where none do. @param {string[]} sheets @param {string} id the pager's @returns {Letters} */
function measured(sheets, id) {
  const frame = document.createElement("iframe");
  frame.inert = true;
  frame.ariaHidden = "true";
  const width = `${WIDTH_MM * PX_PER_MM * SPARE}px`;
  Object.assign(frame.style, { position: "fixed", top: "0", left: "0", width, height: "0", border: "0", visibility: "hidden" });
  document.body.append(frame);
  try {
    const paper = /** @type {Document} */ (frame.contentDocument);
    layOut(paper, sheets);
    const copy = /** @type {HTMLElement} */ (paper.getElementById(id));
    const x = heightOfX(paper.body);
    const fits = (/** @type {number} */ points) => {
      set(copy, { points, x });
      return paper.documentElement.offsetHeight <= HEIGHT_MM * PX_PER_MM * SPARE;
    };
    let points = LARGEST;
    while (points > SMALLEST && !fits(points)) points -= STEP;
    return { points, x };
  } finally {
    frame.remove();
  }
}

/** @param {HTMLElement} within */
function heightOfX(within) {
  const ruler = document.createElement("div");
  Object.assign(ruler.style, { width: "1ex", fontSize: "1000px" }); // in small letters it would be rounded to whole pixels
  within.append(ruler);
  const { width } = ruler.getBoundingClientRect();
  ruler.remove();
  return width / 1000;
}

/** Lay the page out in another document as it will be on paper. @param {Document} paper @param {string[]} sheets */
function layOut(paper, sheets) {
  paper.write("<!doctype html>"); // without it old rules of layout hold
  paper.close();
  const { CSSStyleSheet } = /** @type {typeof globalThis} */ (/** @type {unknown} */ (paper.defaultView));
  paper.documentElement.lang = document.documentElement.lang;
  paper.adoptedStyleSheets = sheets.map((source) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(source);
    forPaper(sheet.cssRules);
    return sheet;
  });
  paper.body.className = document.body.className;
  for (const one of document.body.children) if (!one.matches("script, iframe")) paper.body.append(paper.importNode(one, true));
}

/** Let what is for print hold in the frame, and what is for a screen not. @param {CSSRuleList} rules */
function forPaper(rules) {
  for (const rule of rules) {
    if ("media" in rule) {
      const { media } = /** @type {CSSMediaRule} */ (rule);
      media.mediaText = media.mediaText.replace(/\bprint\b/g, "all").replace(/\bscreen\b/g, "not all");
    }
    if ("cssRules" in rule) forPaper(/** @type {CSSGroupingRule} */ (rule).cssRules);
  }
}

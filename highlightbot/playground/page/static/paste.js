// HTML from the clipboard (Word, Google Docs, web pages) as lines: paragraphs, lists, emphasis and
// links are kept, everything else goes.

import { DEEPEST, isList, line, merged } from "./lines.js";

const SKIPPED = new Set(["STYLE", "SCRIPT", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "XML", "IMG", "SVG"]);
const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL", "BLOCKQUOTE", "PRE", "TR",
  "TABLE", "SECTION", "ARTICLE", "HEADER", "FOOTER", "DL", "DT", "DD", "FIGURE", "FIGCAPTION", "HR"]);
const TAGS = { B: "bold", STRONG: "bold", H1: "bold", H2: "bold", H3: "bold", H4: "bold", H5: "bold", H6: "bold",
  TH: "bold", I: "italic", EM: "italic", CITE: "italic", S: "strike", STRIKE: "strike", DEL: "strike",
  CODE: "code", TT: "code", KBD: "code", SAMP: "code" };

export function linesFromHtml(html) {
  const lines = [];
  // A blank line that only ends a block is not one that the author wrote.
  const open = { fresh: true };

  const start = (context) => {
    lines.push(line(context.kind, [], context.indent));
    open.fresh = true;
  };
  const write = (text, context) => {
    if (!lines.length) start(context);
    lines.at(-1).runs.push({ text, ...context.marks, ...(context.link ? { link: context.link } : {}) });
    open.fresh = false;
  };

  const walk = (node, context) => {
    if (node.nodeType === Node.TEXT_NODE) {
      writeText(node.data, context);
    } else if (node.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(node.nodeName.toUpperCase())) {
      element(node, context);
    }
  };
  const writeText = (data, context) => {
    if (context.kind === "pre") {
      data.split("\n").forEach((text, index) => {
        if (index) start(context);
        if (text) write(text, context);
      });
      return;
    }
    const text = data.replace(/[ \t\r\n\u00a0]+/g, " ");
    if (text !== " " || !open.fresh) write(text, context);
  };
  const element = (node, above) => {
    const name = node.nodeName.toUpperCase();
    const style = (node.getAttribute("style") ?? "").toLowerCase().replace(/\s/g, "");
    if (/mso-list:ignore|display:none|mso-hide:all/.test(style)) return;
    if (name === "BR") {
      if (isList(above)) write("\n", above);
      else start(above);
      return;
    }
    const context = { ...above, marks: marksOf(name, style, above) };
    if (name === "A" && /^(https?|mailto):/i.test(node.getAttribute("href") ?? "")) context.link = node.href;
    if (name === "BLOCKQUOTE") context.kind = "quote";
    if (name === "PRE") Object.assign(context, { kind: "pre", marks: {} });
    if (name === "UL" || name === "OL") {
      context.list = name === "UL" ? "bullet" : "ordered";
      context.depth = (above.depth ?? -1) + 1;
    }
    if (name === "LI") Object.assign(context, { kind: context.list ?? "bullet", indent: Math.min(context.depth ?? 0, DEEPEST) });
    const word = /mso-list:l\d+level(\d)/.exec(style);
    if (word) Object.assign(context, { kind: wordListKind(node), indent: Math.min(word[1] - 1, DEEPEST) });
    const cell = (name === "TD" || name === "TH") && node.previousElementSibling;
    if (cell) write("\t", above);
    // A paragraph directly in a list item belongs to the item's own line.
    const inItem = name === "P" && node.parentElement?.nodeName === "LI" && node === node.parentElement.firstElementChild;
    const opens = BLOCKS.has(name) && !["UL", "OL", "TABLE"].includes(name) && !inItem;
    const container = opens && [...node.children].some((child) => BLOCKS.has(child.nodeName.toUpperCase()));
    if (opens && (name === "LI" || !container)) start(context);
    for (const child of node.childNodes) walk(child, context);
    if (opens) open.fresh = true;
  };

  walk(new DOMParser().parseFromString(html, "text/html").body, { kind: "text", indent: 0, marks: {} });
  return lines.map(tidy);
}

function marksOf(name, style, above) {
  const marks = { ...above.marks };
  if (TAGS[name]) marks[TAGS[name]] = true;
  const weight = /(?:^|;)font-weight:(\w+)/.exec(style)?.[1];
  if (weight) marks.bold = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
  if (/(?:^|;)font-style:(italic|oblique)/.test(style)) marks.italic = true;
  if (/(?:^|;)font-style:normal/.test(style)) marks.italic = false;
  if (/(?:^|;)text-decoration[\w-]*:[\w-]*line-through/.test(style)) marks.strike = true;
  return Object.fromEntries(Object.entries(marks).filter(([, on]) => on));
}

// Word writes a list as paragraphs whose bullet or number is text marked to be ignored.
function wordListKind(node) {
  const label = [...node.querySelectorAll("[style]")].find((one) => /mso-list:\s*ignore/i.test(one.getAttribute("style")));
  return /^[\s\u00a0]*[(]?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(label?.textContent ?? "") ? "ordered" : "bullet";
}

function tidy(one) {
  if (one.kind === "pre") return { ...one, runs: merged(one.runs) };
  const runs = merged(one.runs);
  if (runs.length) {
    runs[0].text = runs[0].text.replace(/^ +/, "");
    runs[runs.length - 1].text = runs.at(-1).text.replace(/ +$/, "");
  }
  return { ...one, runs: merged(runs) };
}

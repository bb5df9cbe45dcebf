// The editor's lines as DOM and back, and the selection as {line, offset} points. An offset counts
// UTF-16 units; a line break inside an item and an element that cannot be typed count as one.

import { line, merged, numberOf } from "./lines.js";

const TAGS = { bold: "b", italic: "i", strike: "s", code: "code" };
const NAMES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };
const ALLOWED = new Set([...Object.keys(NAMES), "A", "BR"]);

export function draw(box, lines) {
  const names = JSON.parse(box.dataset.names ?? "{}");
  box.replaceChildren(...lines.map((one, at) => lineElement(one, at, lines, names)));
}

export function readLines(box) {
  const lines = [];
  for (const node of box.childNodes) {
    if (node.nodeName === "DIV" || node.nodeName === "P") {
      const { kind = "text", indent = "0" } = node.dataset;
      lines.push(line(kind, readRuns(node), Number(indent)));
    } else if (node.nodeName !== "BR" || !lines.length) {
      const runs = node.nodeName === "BR" ? [] : readRuns(wrapped(node));
      lines.push(line("text", runs));
    }
  }
  return lines.length ? lines : [line()];
}

// Whether the browser left the structure as we draw it.
export function sound(box) {
  return [...box.childNodes].every((node) => node.nodeName === "DIV" && node.classList.contains("line")
    && [...node.querySelectorAll("*")].every((inner) => ALLOWED.has(inner.nodeName) || inner.closest("[data-element]")))
    && box.childNodes.length > 0;
}

export function pointsIn(box) {
  const selection = document.getSelection();
  if (!selection.rangeCount || !box.contains(selection.anchorNode) || !box.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  return {
    start: pointOf(box, range.startContainer, range.startOffset),
    end: pointOf(box, range.endContainer, range.endOffset),
  };
}

export function select(box, start, end) {
  const from = placeOf(box, start);
  const to = placeOf(box, end);
  document.getSelection().setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

function lineElement(one, at, lines, names) {
  const div = document.createElement("div");
  div.className = "line";
  div.dataset.kind = one.kind;
  div.dataset.indent = one.indent;
  if (one.kind === "ordered") div.dataset.number = numberOf(lines, at);
  for (const run of one.runs) div.append(runElement(run, names));
  const last = one.runs.at(-1);
  // A line that is empty, or ends in a break, needs a filler to have height.
  if (!last || (!last.element && last.text.endsWith("\n"))) div.append(document.createElement("br"));
  return div;
}

function runElement(run, names) {
  if (run.element) return atom(run.element, names);
  let inner = document.createDocumentFragment();
  run.text.split("\n").forEach((text, index) => {
    if (index) inner.append(document.createElement("br"));
    if (text) inner.append(text);
  });
  for (const [mark, name] of Object.entries(TAGS).reverse()) if (run[mark]) inner = within(name, inner);
  if (run.link) {
    inner = within("a", inner);
    inner.dataset.link = run.link;
    inner.title = run.link;
    if (/^https?:/i.test(run.link)) inner.href = run.link;
  }
  return inner;
}

function within(name, inner) {
  const outer = document.createElement(name);
  outer.append(inner);
  return outer;
}

// A mention, emoji or date: shown, kept as it came, and deleted as one.
function atom(element, names) {
  const span = document.createElement("span");
  span.contentEditable = "false";
  span.dataset.element = JSON.stringify(element);
  span.className = element.type === "emoji" ? "emoji" : "mention";
  const points = element.unicode?.split("-").map((code) => parseInt(code, 16)) ?? [];
  const shown = {
    emoji: points.length && points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : `:${element.name}:`,
    user: `@${names[element.user_id] ?? element.user_id}`,
    channel: `#${names[element.channel_id] ?? element.channel_id}`,
    broadcast: `@${element.range}`,
    date: element.fallback ?? element.format,
    color: element.value,
  };
  span.textContent = shown[element.type] ?? `[${element.type}]`;
  return span;
}

function readRuns(root) {
  const runs = [];
  const walk = (node, marks) => {
    if (node.nodeType === Node.TEXT_NODE) {
      runs.push({ text: node.data, ...marks });
    } else if (node.nodeName === "BR") runs.push({ text: "\n", ...marks });
    else if (node.dataset?.element) runs.push({ element: JSON.parse(node.dataset.element) });
    else if (node.nodeType === Node.ELEMENT_NODE || node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
      const mark = NAMES[node.nodeName];
      const inner = { ...marks, ...(mark ? { [mark]: true } : {}) };
      if (node.nodeName === "A") inner.link = node.dataset.link ?? node.href;
      const before = runs.length;
      for (const child of node.childNodes) walk(child, inner);
      if (node !== root && node.nodeName === "DIV" && before) runs.splice(before, 0, { text: "\n" });
    }
  };
  walk(root, {});
  const last = runs.at(-1);
  if (last && !last.element && last.text === "\n") runs.pop();
  return merged(runs);
}

function wrapped(node) {
  const div = document.createElement("div");
  div.append(node.cloneNode(true));
  return div;
}

function pointOf(box, node, offset) {
  if (node === box) {
    const at = Math.min(offset, box.childNodes.length - 1);
    return at < offset ? { line: Math.max(at, 0), offset: size(box.childNodes[at]) } : { line: at, offset: 0 };
  }
  let top = node;
  while (top.parentNode !== box) top = top.parentNode;
  const range = document.createRange();
  range.setStart(top, 0);
  range.setEnd(node, offset);
  const before = size(range.cloneContents(), false);
  return { line: [...box.childNodes].indexOf(top), offset: Math.min(before, size(top)) };
}

function size(node, fill = true) {
  let sum = 0;
  const walk = (one) => {
    if (one.nodeType === Node.TEXT_NODE) sum += one.data.length;
    else if (one.nodeName === "BR" || one.dataset?.element) sum += 1;
    else one.childNodes.forEach(walk);
  };
  if (node) walk(node);
  const deepest = (one) => (one?.lastChild ? deepest(one.lastChild) : one);
  return fill && deepest(node)?.nodeName === "BR" ? sum - 1 : sum;
}

function placeOf(box, point) {
  const top = box.childNodes[Math.min(point.line, box.childNodes.length - 1)];
  let left = point.offset;
  let found = null;
  const walk = (node) => {
    if (found) return;
    if (node.nodeType === Node.TEXT_NODE) {
      if (left <= node.data.length) found = { node, offset: left };
      left -= node.data.length;
    } else if (node.nodeName === "BR" || node.dataset?.element) {
      if (left === 0) found = { node: node.parentNode, offset: [...node.parentNode.childNodes].indexOf(node) };
      left -= 1;
    } else node.childNodes.forEach(walk);
  };
  walk(top);
  return found ?? { node: top, offset: top.childNodes.length };
}

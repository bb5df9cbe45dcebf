// A rich-text editor on contenteditable. Its DOM is a flat list of line elements; typing inside a
// line is the browser's, whatever changes lines or marks is done on the lines and drawn again.

import { DEEPEST, MARKS, cut, fromRichText, isList, lengthOf, plainLines, toRichText } from "./lines.js";
import { draw, pointsIn, readLines, select, sound } from "./editor_dom.js";
import { backAtStart, eachRun, everyRun, insertLines, insertRuns, joinNext, marksAt, remove, runAt, splitLine } from "./edits.js";
import { linesFromHtml } from "./paste.js";

const KINDS = ["bullet", "ordered", "quote", "pre"];
const SHORTCUTS = { b: "bold", i: "italic" };
const SHIFTED = { KeyX: "strike", KeyC: "code", Digit7: "ordered", Digit8: "bullet", Digit9: "quote", KeyU: "link" };
const TYPED = { "*": "bullet", "-": "bullet", "•": "bullet", "1.": "ordered", "1)": "ordered", ">": "quote", "```": "pre" };
const PAUSE = 900;
const STEPS = 200;

const editors = new WeakMap();

document.addEventListener("selectionchange", () => {
  const node = document.getSelection().anchorNode;
  const box = (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest(".lines");
  if (box) editors.get(box)?.showState();
});

export function enhanceEditors(root) {
  for (const box of root.querySelectorAll(".lines")) {
    if (!editors.has(box)) editors.set(box, new Editor(box));
  }
}

export function richTextOf(box) {
  return toRichText(readLines(box));
}

class Editor {
  constructor(box) {
    this.box = box;
    this.frame = box.closest(".editor");
    this.pending = null;
    this.done = [];
    this.undone = [];
    this.typedAt = 0;
    draw(box, fromRichText(box.dataset.initial ? JSON.parse(box.dataset.initial) : null));
    this.linkForm = this.frame.querySelector(".link-form");
    box.addEventListener("beforeinput", (event) => this.beforeInput(event));
    box.addEventListener("input", () => this.afterInput());
    box.addEventListener("keydown", (event) => this.keydown(event));
    box.addEventListener("paste", (event) => this.paste(event));
    box.addEventListener("compositionstart", () => this.compose());
    this.frame.querySelector("[role=toolbar]").addEventListener("click", (event) => {
      const tool = event.target.closest("[data-tool]");
      if (tool) this.use(tool.dataset.tool);
    });
    this.frame.querySelector("[role=toolbar]").addEventListener("mousedown", (event) => event.preventDefault());
    this.linkForm.addEventListener("click", (event) => {
      const deed = event.target.dataset.link;
      if (deed) this.setLink(deed === "apply" ? this.linkForm.querySelector("input").value : null);
    });
    this.linkForm.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        if (event.key === "Enter" && event.target.matches("input")) this.setLink(event.target.value);
        else if (event.key === "Enter") event.target.click();
        else this.closeLinkForm();
      }
    });
    rove(this.frame.querySelector("[role=toolbar]"));
    this.showState();
  }

  // What is selected: two points {line, offset} in order; the last known when focus is elsewhere.
  points() {
    const now = pointsIn(this.box);
    if (now) this.last = now;
    return this.last ?? { start: { line: 0, offset: 0 }, end: { line: 0, offset: 0 } };
  }

  change(work) {
    const lines = readLines(this.box);
    const at = this.points();
    this.keep({ lines: structuredClone(lines), at });
    this.typedAt = 0;
    const selected = work(lines, at.start, at.end) ?? at;
    this.show(lines, selected);
    this.box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "formatChange" }));
  }

  keep(step) {
    this.done.push(step);
    if (this.done.length > STEPS) this.done.shift();
    this.undone = [];
  }

  show(lines, at) {
    draw(this.box, lines);
    this.box.focus();
    select(this.box, at.start, at.end ?? at.start);
    this.last = { start: at.start, end: at.end ?? at.start };
    this.showState();
  }

  undo(from, to) {
    const kept = from.pop();
    if (!kept) return;
    to.push({ lines: readLines(this.box), at: this.points() });
    this.show(kept.lines, kept.at);
    this.box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "formatChange" }));
  }

  beforeInput(event) {
    const kind = event.inputType;
    if (kind === "historyUndo" || kind === "historyRedo") {
      event.preventDefault();
      if (kind === "historyUndo") this.undo(this.done, this.undone);
      else this.undo(this.undone, this.done);
      return;
    }
    const { start, end } = this.points();
    const spans = start.line !== end.line;
    const collapsed = !spans && start.offset === end.offset;
    const handle = (work) => {
      event.preventDefault();
      this.change(work);
    };
    if (kind === "insertParagraph") handle((lines, a, b) => splitLine(lines, a, b));
    else if (kind === "insertLineBreak") {
      handle((lines, a, b) => isList(lines[a.line]) ? insertRuns(lines, a, b, [{ text: "\n" }]) : splitLine(lines, a, b));
    } else if (kind === "insertText" && event.data === " " && collapsed && this.startsList(start)) {
      event.preventDefault();
    } else if (kind === "insertText" && (spans || this.pending)) {
      const marks = this.pending;
      this.pending = null;
      handle((lines, a, b) => insertRuns(lines, a, b, [{ text: event.data, ...(marks ?? marksAt(lines, a)) }]));
    } else if (kind.startsWith("delete")) {
      if (spans) handle((lines, a, b) => remove(lines, a, b));
      else if (collapsed && kind.endsWith("Backward") && start.offset === 0) handle((lines, a) => backAtStart(lines, a));
      else if (collapsed && kind.endsWith("Forward") && this.atEnd(start)) handle((lines, a) => joinNext(lines, a));
      else this.remember();
    } else if (kind.startsWith("format")) {
      event.preventDefault();
      const mark = kind.slice(6).replace("Through", "").toLowerCase();
      if (MARKS.includes(mark)) this.use(mark);
    } else if (kind === "insertFromDrop") {
      event.preventDefault();
      this.insert(plainLines(event.dataTransfer?.getData("text/plain") ?? ""));
    } else this.remember();
  }

  // Keeps one step of undo for each burst of typing.
  remember() {
    const now = performance.now();
    if (now - this.typedAt > PAUSE) {
      this.keep({ lines: readLines(this.box), at: this.points() });
    }
    this.typedAt = now;
  }

  afterInput() {
    if (!sound(this.box)) {
      const at = this.points();
      draw(this.box, readLines(this.box));
      select(this.box, at.start, at.end);
    }
    this.box.classList.toggle("blank", isBlank(this.box));
  }

  // A composition cannot be prevented: a selection over several lines goes before it starts.
  compose() {
    const { start, end } = this.points();
    if (start.line !== end.line) this.change((lines, a, b) => remove(lines, a, b));
    else this.remember();
  }

  startsList(at) {
    const before = readLines(this.box)[at.line];
    const kind = before.kind === "text" && TYPED[cut(before.runs, 0, at.offset).map((run) => run.text).join("")];
    if (!kind) return false;
    this.change((lines, a) => {
      const one = lines[a.line];
      Object.assign(one, { kind, runs: cut(one.runs, a.offset) });
      return { start: { line: a.line, offset: 0 } };
    });
    return true;
  }

  atEnd(point) {
    return point.offset === lengthOf(readLines(this.box)[point.line].runs);
  }

  keydown(event) {
    const command = event.ctrlKey || event.metaKey;
    const tool = command && !event.altKey && (event.shiftKey ? SHIFTED[event.code] : SHORTCUTS[event.key.toLowerCase()]);
    if (tool) {
      event.preventDefault();
      this.use(tool);
    } else if (command && event.key.toLowerCase() === "z") {
      event.preventDefault();
      if (event.shiftKey) this.undo(this.undone, this.done);
      else this.undo(this.done, this.undone);
    } else if (command && event.key.toLowerCase() === "y") {
      event.preventDefault();
      this.undo(this.undone, this.done);
    } else if (event.key === "Tab" && this.indents(event.shiftKey ? -1 : 1)) event.preventDefault();
  }

  // Tab indents only at the start of a list item: anywhere else it moves on, so nobody is trapped.
  indents(by) {
    const { start, end } = this.points();
    const one = readLines(this.box)[start.line];
    const depth = one.indent + by;
    if (!isList(one) || start.offset || depth < 0 || depth > DEEPEST) return false;
    this.change((lines) => {
      for (const each of lines.slice(start.line, end.line + 1)) {
        if (isList(each)) each.indent = Math.min(Math.max(each.indent + by, 0), DEEPEST);
      }
    });
    return true;
  }

  paste(event) {
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    const inCode = readLines(this.box)[this.points().start.line].kind === "pre";
    const pasted = html && !inCode ? linesFromHtml(html) : plainLines(text, inCode ? "pre" : "text");
    this.insert(pasted.length ? pasted : plainLines(text));
  }

  insert(pasted) {
    this.change((lines, start, end) => insertLines(lines, start, end, pasted));
  }

  use(tool) {
    if (tool === "link") this.openLinkForm();
    else if (KINDS.includes(tool)) this.setKind(tool);
    else this.toggle(tool);
  }

  setKind(kind) {
    this.change((lines, start, end) => {
      const chosen = lines.slice(start.line, end.line + 1);
      const next = chosen.every((one) => one.kind === kind) ? "text" : kind;
      for (const one of chosen) {
        one.kind = next;
        if (!isList(one)) one.indent = 0;
        if (next === "pre") one.runs = one.runs.map((run) => (run.element ? run : { text: run.text }));
      }
    });
  }

  toggle(mark) {
    const lines = readLines(this.box);
    const { start, end } = this.points();
    if (start.line === end.line && start.offset === end.offset) {
      const now = this.pending ?? marksAt(lines, start);
      this.pending = { ...now, [mark]: !now[mark] };
      this.box.focus();
      select(this.box, start, end);
      this.showState();
      return;
    }
    const on = !everyRun(lines, start, end, (run) => run[mark]);
    this.change((all, a, b) => eachRun(all, a, b, (run) => ({ ...run, [mark]: on })));
  }

  openLinkForm() {
    const at = this.points();
    const lines = readLines(this.box);
    const inside = runAt(lines, at.start);
    this.linkForm.hidden = false;
    const field = this.linkForm.querySelector("input");
    field.value = inside?.run.link ?? "";
    field.focus();
    field.select();
  }

  closeLinkForm() {
    this.linkForm.hidden = true;
    this.box.focus();
    const { start, end } = this.points();
    select(this.box, start, end);
  }

  setLink(address) {
    const url = address && !/^[a-z][a-z0-9+.-]*:/i.test(address.trim()) ? `https://${address.trim()}` : address?.trim();
    this.linkForm.hidden = true;
    this.change((lines, start, end) => {
      const inside = runAt(lines, start);
      if (start.line === end.line && start.offset === end.offset) {
        if (!inside?.run.link) {
          return url ? insertRuns(lines, start, end, [{ text: url, link: url }]) : null;
        }
        start = { line: start.line, offset: inside.from };
        end = { line: start.line, offset: inside.to };
      }
      eachRun(lines, start, end, (run) => ({ ...run, link: url || undefined }));
      return { start: end };
    });
  }

  showState() {
    const at = pointsIn(this.box);
    if (at && this.last && (at.start.line !== this.last.start.line || at.start.offset !== this.last.start.offset)) this.pending = null;
    if (at) this.last = at;
    const lines = readLines(this.box);
    this.box.classList.toggle("blank", isBlank(this.box));
    const { start, end } = this.points();
    const spot = lines[Math.min(start.line, lines.length - 1)];
    const collapsed = start.line === end.line && start.offset === end.offset;
    const marks = this.pending ?? marksAt(lines, start);
    for (const tool of this.frame.querySelectorAll("[data-tool]")) {
      const name = tool.dataset.tool;
      let on = spot.kind === name;
      if (MARKS.includes(name)) on = collapsed ? Boolean(marks[name]) : everyRun(lines, start, end, (run) => run[name]);
      if (name === "link") on = Boolean(runAt(lines, start)?.run.link);
      tool.setAttribute("aria-pressed", String(on));
    }
  }
}

function isBlank(box) {
  const lines = readLines(box);
  return lines.length === 1 && lines[0].kind === "text" && !lengthOf(lines[0].runs);
}

// One stop for Tab, arrows between the tools.
function rove(toolbar) {
  const tools = [...toolbar.querySelectorAll("button")];
  tools.forEach((tool, index) => (tool.tabIndex = index ? -1 : 0));
  toolbar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tools[(tools.indexOf(document.activeElement) + step + tools.length) % tools.length];
    tools.forEach((tool) => (tool.tabIndex = tool === next ? 0 : -1));
    next.focus();
  });
}

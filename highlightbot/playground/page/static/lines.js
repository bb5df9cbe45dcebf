// Rich text as the editor works on it: a flat list of lines, each with a kind, an indent and runs.
//
//   line: {kind: "text" | "bullet" | "ordered" | "quote" | "pre", indent: 0…8, runs: [run]}
//   run:  {text, bold?, italic?, strike?, code?, link?}, or {element} for what cannot be typed
//
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

export const MARKS = ["bold", "italic", "strike", "code"];
export const DEEPEST = 8;

export function line(kind = "text", runs = [], indent = 0) {
  return { kind, indent, runs };
}

export function lengthOf(runs) {
  return runs.reduce((sum, run) => sum + (run.element ? 1 : run.text.length), 0);
}

export function cut(runs, from, to = Infinity) {
  const kept = [];
  let at = 0;
  for (const run of runs) {
    const size = run.element ? 1 : run.text.length;
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, size);
    if (start < end) kept.push(run.element ? run : { ...run, text: run.text.slice(start, end) });
    at += size;
  }
  return kept;
}

export function merged(runs) {
  const joined = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (!run.element && !run.text) continue;
    if (last && !last.element && !run.element && alike(last, run)) last.text += run.text;
    else joined.push({ ...run });
  }
  return joined;
}

export function fromRichText(block) {
  const parts = block?.elements ?? [];
  const lines = parts.flatMap((part, index) => {
    if (part.type === "rich_text_list") {
      return part.elements.map((item) => line(part.style, item.elements.map(toRun), part.indent ?? 0));
    }
    const kind = { rich_text_quote: "quote", rich_text_preformatted: "pre" }[part.type] ?? "text";
    const split = splitRuns(part.elements.map(toRun));
    // Slack ends each line of a section with a break, also the one before a list or quote.
    if (kind === "text" && index < parts.length - 1 && !split.at(-1).length && split.length > 1) split.pop();
    return split.map((runs) => line(kind, runs));
  });
  return lines.length ? lines : [line()];
}

export function toRichText(lines) {
  if (lines.every((one) => one.kind === "text" && !lengthOf(one.runs))) return null;
  const parts = [];
  let at = 0;
  while (at < lines.length) {
    const { kind, indent } = lines[at];
    let end = at + 1;
    while (end < lines.length && lines[end].kind === kind && lines[end].indent === indent) end += 1;
    const group = lines.slice(at, end);
    const last = end === lines.length;
    if (kind === "bullet" || kind === "ordered") parts.push(listPart(lines, at, group));
    else if (kind === "quote") parts.push({ type: "rich_text_quote", elements: joined(group) });
    else if (kind === "pre") parts.push({ type: "rich_text_preformatted", elements: joined(group), border: 0 });
    else if (!last || !parts.length || group.length > 1 || lengthOf(group[0].runs)) {
      parts.push({ type: "rich_text_section", elements: joined(group, !last) });
    }
    at = end;
  }
  return { type: "rich_text", elements: parts };
}

// The number of an item: lists go on after deeper ones, and start anew after anything else.
export function numberOf(lines, at) {
  const { kind, indent } = lines[at];
  let number = 1;
  for (let above = at - 1; above >= 0; above -= 1) {
    const other = lines[above];
    if (!isList(other) || other.indent < indent) break;
    if (other.indent > indent) continue;
    if (other.kind !== kind) break;
    number += 1;
  }
  return number;
}

export const isList = (one) => one.kind === "bullet" || one.kind === "ordered";

export function plainLines(text, kind = "text") {
  return text.replace(/\r\n?/g, "\n").split("\n").map((one) => line(kind, one ? [{ text: one }] : []));
}

function listPart(lines, at, group) {
  const { kind, indent } = lines[at];
  const offset = kind === "ordered" ? numberOf(lines, at) - 1 : 0;
  return {
    type: "rich_text_list",
    elements: group.map((item) => ({ type: "rich_text_section", elements: merged(item.runs).map(toElement) })),
    style: kind,
    indent,
    ...(offset ? { offset } : {}),
    border: 0,
  };
}

function joined(group, closed = false) {
  const runs = group.flatMap((one, index) =>
    closed || index < group.length - 1 ? [...one.runs, { text: "\n" }] : one.runs);
  return merged(runs).map(toElement);
}

function splitRuns(runs) {
  const lines = [[]];
  for (const run of runs) {
    if (run.element) {
      lines.at(-1).push(run);
      continue;
    }
    run.text.split("\n").forEach((text, index) => {
      if (index) lines.push([]);
      if (text) lines.at(-1).push({ ...run, text });
    });
  }
  return lines;
}

function toRun(element) {
  if (element.type !== "text" && element.type !== "link") return { element };
  const run = { text: element.text ?? element.url };
  for (const mark of MARKS) if (element.style?.[mark]) run[mark] = true;
  if (element.type === "link") run.link = element.url;
  return run;
}

function toElement(run) {
  if (run.element) return run.element;
  const on = MARKS.filter((mark) => run[mark]).map((mark) => [mark, true]);
  const style = on.length ? { style: Object.fromEntries(on) } : {};
  if (!run.link) return { type: "text", text: run.text, ...style };
  return { type: "link", url: run.link, ...(run.text === run.link ? {} : { text: run.text }), ...style };
}

function alike(one, other) {
  return one.link === other.link && MARKS.every((mark) => !one[mark] === !other[mark]);
}

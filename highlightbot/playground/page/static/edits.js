// Edits of an editor's lines. A point is {line, offset}; each edit changes the lines in place and
// returns the new selection as {start, end?}.

import { MARKS, cut, isList, lengthOf, line, merged } from "./lines.js";

export function remove(lines, start, end) {
  const first = lines[start.line];
  first.runs = merged([...cut(first.runs, 0, start.offset), ...cut(lines[end.line].runs, end.offset)]);
  lines.splice(start.line + 1, end.line - start.line);
  return { start };
}

export function insertRuns(lines, start, end, runs) {
  remove(lines, start, end);
  const one = lines[start.line];
  one.runs = merged([...cut(one.runs, 0, start.offset), ...runs, ...cut(one.runs, start.offset)]);
  return { start: { line: start.line, offset: start.offset + lengthOf(runs) } };
}

export function insertLines(lines, start, end, pasted) {
  remove(lines, start, end);
  const one = lines[start.line];
  const before = cut(one.runs, 0, start.offset);
  const after = cut(one.runs, start.offset);
  if (pasted.length === 1 && lengthOf(one.runs)) return insertRuns(lines, start, start, pasted[0].runs);
  const [first, ...rest] = pasted.map((each) => ({ ...each, runs: [...each.runs] }));
  const head = lengthOf(before) || one.kind !== "text" ? { ...one, runs: merged([...before, ...first.runs]) } : first;
  const all = [head, ...rest];
  const tail = all.at(-1);
  const offset = lengthOf(tail.runs);
  tail.runs = merged([...tail.runs, ...after]);
  lines.splice(start.line, 1, ...all);
  return { start: { line: start.line + all.length - 1, offset } };
}

// Enter: the next item or line of the same kind; on an empty one it leaves the list or quote.
export function splitLine(lines, start, end) {
  remove(lines, start, end);
  const one = lines[start.line];
  if (one.kind !== "text" && !lengthOf(one.runs)) {
    if (isList(one) && one.indent) one.indent -= 1;
    else Object.assign(one, { kind: "text", indent: 0 });
    return { start: { line: start.line, offset: 0 } };
  }
  lines.splice(start.line + 1, 0, line(one.kind, cut(one.runs, start.offset), one.indent));
  one.runs = cut(one.runs, 0, start.offset);
  return { start: { line: start.line + 1, offset: 0 } };
}

export function backAtStart(lines, at) {
  const one = lines[at.line];
  if (one.kind !== "text") {
    Object.assign(one, { kind: "text", indent: 0 });
    return { start: at };
  }
  return at.line ? joinNext(lines, { line: at.line - 1, offset: lengthOf(lines[at.line - 1].runs) }) : { start: at };
}

export function joinNext(lines, at) {
  if (at.line + 1 >= lines.length) return { start: at };
  return remove(lines, at, { line: at.line + 1, offset: 0 });
}

export function runAt(lines, point) {
  let from = 0;
  for (const run of lines[point.line]?.runs ?? []) {
    const to = from + (run.element ? 1 : run.text.length);
    if (point.offset <= to) return { run, from, to };
    from = to;
  }
  return null;
}

export function marksAt(lines, point) {
  const run = runAt(lines, point)?.run ?? {};
  return Object.fromEntries(MARKS.filter((mark) => run[mark]).map((mark) => [mark, true]));
}

export function eachRun(lines, start, end, work) {
  for (let at = start.line; at <= end.line; at += 1) {
    const one = lines[at];
    if (one.kind === "pre") continue;
    const from = at === start.line ? start.offset : 0;
    const to = at === end.line ? end.offset : lengthOf(one.runs);
    const middle = cut(one.runs, from, to).map((run) => (run.element ? run : work(run)));
    one.runs = merged([...cut(one.runs, 0, from), ...middle, ...cut(one.runs, to)]);
  }
  return { start, end };
}

export function everyRun(lines, start, end, test) {
  let any = false;
  let every = true;
  eachRun(structuredClone(lines), start, end, (run) => {
    any = true;
    every = every && Boolean(test(run));
    return run;
  });
  return any && every;
}

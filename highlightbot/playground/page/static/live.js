// Keeps the page as the server would draw it now.

import { showModal } from "./dialogs.js";
import { enhanceEditors } from "./editor.js";
import { remember, updatePart } from "./morph.js";
import { act, read } from "./server.js";

const NEAR = 120;
const shown = {};
const watchers = [];
const settling = new Set();
const me = document.body.dataset;
let version = Number(me.version);
let running = null;
let again = false;

// Draws what has changed; when it resolves, the page shows at least what was so when it was called.
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    do {
      again = false;
      await update();
    } while (again);
  })().finally(() => (running = null));
  return running;
}

// Calls back after every change of the workspace.
export function onChange(work) {
  watchers.push(work);
}

export async function watch() {
  for (const list of document.querySelectorAll(".messages")) keepAtEnd(list);
  for (const part of document.querySelectorAll("[id^=part-]")) remember(part);
  enhanceEditors(document);
  markRead();
  for (;;) {
    try {
      const now = await read(`/changes?since=${version}`);
      if (now.version !== version) await refresh();
    } catch {
      await new Promise((wake) => setTimeout(wake, 1500));
    }
  }
}

// Begins at the newest message, and stays there when the list grows or shrinks with the window.
function keepAtEnd(list) {
  let atEnd = true;
  let height = list.clientHeight;
  // Only people scroll a list that keeps its height and is not on its way to the end.
  list.addEventListener("scroll", () => {
    if (list.clientHeight === height && !settling.has(list)) atEnd = isAtEnd(list);
  }, { passive: true });
  new ResizeObserver(() => {
    height = list.clientHeight;
    if (atEnd) scrollToEnd(list);
  }).observe(list);
}

function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
}

// The heights of messages out of view are guesses (content-visibility), and come true frame by frame.
function scrollToEnd(list, frames = 6) {
  settling.add(list);
  list.scrollTop = list.scrollHeight;
  requestAnimationFrame(() => (frames > 1 ? scrollToEnd(list, frames - 1) : settling.delete(list)));
}

export function markRead() {
  const unread = document.querySelector("#sidebar a[aria-current].unread");
  if (unread && !document.hidden) act("read", { in: me.in });
}

async function update() {
  let now;
  try {
    now = await read(`/parts${location.search}`);
  } catch {
    return;
  }
  version = now.version;
  document.title = now.title;
  for (const [name, html] of Object.entries(now.parts)) {
    const part = document.getElementById(`part-${name}`);
    if (!part || shown[name] === html) continue;
    shown[name] = html;
    const atEnd = isAtEnd(part);
    updatePart(part, html);
    enhanceEditors(part);
    if (atEnd && part.matches(".messages")) scrollToEnd(part);
  }
  showModal(now.modal);
  markRead();
  for (const work of watchers) work();
}

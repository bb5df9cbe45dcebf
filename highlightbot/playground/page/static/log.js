// The drawer with every call and event.

import { onChange } from "./live.js";
import { read } from "./server.js";

const drawer = document.getElementById("log");
const list = document.getElementById("log-entries");
const opener = document.getElementById("log-opener");
const filter = document.getElementById("log-filter");
const kind = document.getElementById("log-kind");
const only = document.getElementById("log-only");
const count = document.getElementById("log-count");
const MOST = 500;
const PAUSE = 150;
let last = 0;
let loading = Promise.resolve();
let typing = 0;

export function listenToLog() {
  opener.addEventListener("click", () => show(drawer.hidden));
  document.getElementById("log-closer").addEventListener("click", () => show(false));
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  filter.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(load, PAUSE, true);
  });
  kind.addEventListener("change", () => load(true));
  only.addEventListener("change", () => load(true));
  onChange(() => drawer.hidden || load());
}

function show(open) {
  drawer.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
  if (open) {
    load();
    filter.focus();
  } else opener.focus();
}

// One after the other, so that nothing is asked for twice; anew where something else is looked for.
function load(anew = false) {
  const work = () => loadMore(anew);
  loading = loading.then(work, work);
}

async function loadMore(anew) {
  const since = anew ? 0 : last;
  const { as } = document.body.dataset;
  const asked = new URLSearchParams({ as, since, words: filter.value, kind: kind.value, only: only.value });
  const { html, last: newest, kept } = await read(`/log?${asked}`);
  if (newest < since) return loadMore(true); // it was emptied, or the playground started anew
  last = newest;
  if (anew) list.replaceChildren();
  list.insertAdjacentHTML("afterbegin", html);
  while (list.children.length > MOST) list.lastElementChild.remove();
  const shown = list.children.length;
  count.textContent = shown === kept ? "" : `${shown} of ${kept} shown`;
}

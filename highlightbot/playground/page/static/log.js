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
let last = 0;
let loading = Promise.resolve();

export function listenToLog() {
  opener.addEventListener("click", () => show(drawer.hidden));
  document.getElementById("log-closer").addEventListener("click", () => show(false));
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  filter.addEventListener("input", sift);
  kind.addEventListener("change", sift);
  only.addEventListener("change", sift);
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

// One after the other, so that nothing is asked for twice.
function load() {
  loading = loading.then(loadMore, loadMore);
}

async function loadMore() {
  const { html, last: newest } = await read(`/log?as=${document.body.dataset.as}&since=${last}`);
  if (newest === null && list.children.length) return;
  last = newest ?? last;
  list.querySelector(".empty")?.remove();
  list.insertAdjacentHTML("afterbegin", html);
  while (list.children.length > MOST) list.lastElementChild.remove();
  sift();
}

function sift() {
  const words = filter.value.toLowerCase();
  const entries = [...list.querySelectorAll("li[data-kind]")];
  for (const entry of entries) {
    entry.hidden = (kind.value && entry.dataset.kind !== kind.value)
      || (only.value && !entry.classList.contains(only.value))
      || !entry.textContent.toLowerCase().includes(words);
  }
  const shown = entries.filter((entry) => !entry.hidden).length;
  count.textContent = shown === entries.length ? "" : `${shown} of ${entries.length} shown`;
}

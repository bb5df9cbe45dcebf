// The drawer with every call and event.

import { onChange } from "./live.js";
import { read } from "./server.js";

const drawer = document.getElementById("log");
const list = document.getElementById("log-entries");
const opener = document.getElementById("log-opener");
const filter = document.getElementById("log-filter");
const problems = document.getElementById("log-problems");
const MOST = 500;
let last = 0;

export function listenToLog() {
  opener.addEventListener("click", () => show(drawer.hidden));
  document.getElementById("log-closer").addEventListener("click", () => show(false));
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  filter.addEventListener("input", sift);
  problems.addEventListener("change", sift);
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

async function load() {
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
  for (const entry of list.children) {
    entry.hidden = (problems.checked && !entry.matches(".bad")) || !entry.textContent.toLowerCase().includes(words);
  }
}

// The controls of messages and views: what they hold, and the block actions that they send.

import { richTextOf } from "./editor.js";
import { confirmed } from "./dialogs.js";
import { refresh } from "./live.js";
import { act, complain } from "./server.js";

const PAUSE = 300;
const waiting = new Map();
let order = Promise.resolve();

// The raw values of all controls in a message or view: {block_id: {action_id: value}}.
export function held(root) {
  const state = {};
  for (const control of root.querySelectorAll("[data-action]")) {
    if (control.nodeName === "BUTTON") continue;
    (state[control.dataset.block] ??= {})[control.dataset.action] = valueOf(control);
  }
  return state;
}

function valueOf(control) {
  if (control.matches(".lines")) return richTextOf(control);
  if (!control.matches(".options")) return control.value;
  const chosen = [...control.querySelectorAll("input:checked")].map((input) => input.value);
  return control.dataset.type === "radio_buttons" ? chosen[0] ?? "" : chosen;
}

async function use(control, value) {
  const spot = spotOf(control); // while the question is open, an update can take the control away
  const confirm = control.dataset.confirm && JSON.parse(control.dataset.confirm);
  if (confirm && !(await confirmed(confirm))) return;
  const { url } = control.dataset;
  if (url && /^https?:/i.test(url)) window.open(url, "_blank", "noopener");
  if (control.nodeName === "BUTTON") control.setAttribute("aria-busy", "true");
  const outcome = await act("click", { ...spot, value });
  control.removeAttribute("aria-busy");
  complain(outcome.error);
  await refresh();
}

// Where a control stands, and what the controls around it hold.
function spotOf(control) {
  const view = control.closest("[data-view]");
  const message = control.closest("[data-ts]");
  const where = view ? { view: view.dataset.view } : { ts: message.dataset.ts, in: message.dataset.in };
  const { block, action } = control.dataset;
  return { ...where, block, action, state: held(view ?? message) };
}

// Asks the app what it offers for what is typed; what is chosen already stays.
async function suggest(search) {
  const control = search.nextElementSibling;
  const typed = search.value;
  if (!search.isConnected || typed.length < Number(search.dataset.least)) return;
  const { html, error } = await act("suggest", { ...spotOf(control), typed });
  complain(error);
  if (error || search.value !== typed) return;
  const many = control.matches(".options");
  const kept = many ? [...control.querySelectorAll("label:has(:checked)")] : [...control.selectedOptions];
  const values = kept.map((one) => (many ? one.querySelector("input") : one).value);
  const blank = many ? null : control.querySelector("option[value='']");
  const offered = document.createElement("template");
  offered.innerHTML = html;
  for (const one of offered.content.querySelectorAll("input, option")) {
    one.removeAttribute("id"); // that of one chosen before
    if (values.includes(one.value)) (one.closest("label") ?? one).remove();
  }
  const count = offered.content.querySelectorAll("input, option").length;
  control.replaceChildren(...new Set([blank, ...kept].filter(Boolean)), offered.content);
  document.getElementById("status").textContent = count === 1 ? "1 option" : `${count} options`;
}

// One after the other: the app orders what was typed by when it was sent.
function queued(control) {
  clearTimeout(waiting.get(control));
  waiting.delete(control);
  order = order.then(() => control.isConnected && use(control, valueOf(control))).catch(console.error);
}

function later(control, work) {
  clearTimeout(waiting.get(control));
  waiting.set(control, setTimeout(work, PAUSE));
}

function acts(control, deed) {
  return control?.dataset.acts?.split(" ").includes(deed);
}

function note(view) {
  later(view, () => view.isConnected && act("fill", { view: view.dataset.view, state: held(view) }));
}

// Sends what is still waiting to be sent, before a view is submitted or closed.
export async function settle(view) {
  for (const [control, timer] of [...waiting]) {
    if (control !== view && !view.contains(control)) continue;
    clearTimeout(timer);
    waiting.delete(control);
    if (control !== view) queued(control);
  }
  await order;
}

export function listenToFields() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest(".menu-opener");
    const open = document.querySelector(".menu:not([hidden])");
    if (open && !event.target.closest(".menu")) showMenu(open, false);
    if (opener && open !== opener.nextElementSibling) showMenu(opener.nextElementSibling, true);
    const button = event.target.closest("button[data-action]");
    if (!button || button.getAttribute("aria-busy")) return;
    if (open) showMenu(open, false);
    use(button, button.value);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest(".menu");
    if (menu) moveInMenu(menu, event);
    const control = event.target.closest("[data-action]");
    if (event.key !== "Enter" || event.isComposing || !acts(control, "enter")) return;
    if (control.matches("textarea, .lines") && !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    queued(control);
  });
  document.addEventListener("change", (event) => {
    const control = event.target.closest("[data-action]");
    if (acts(control, "change")) queued(control);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-suggests][data-least='0']") && !event.target.value) suggest(event.target);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-suggests]")) later(event.target, () => suggest(event.target));
    const control = event.target.closest("[data-action]");
    const view = control?.closest("[data-view]");
    if (acts(control, "character")) later(control, () => queued(control));
    else if (view) note(view);
  });
}

function showMenu(menu, open) {
  menu.hidden = !open;
  menu.previousElementSibling.setAttribute("aria-expanded", String(open));
  (open ? menu.querySelector("button") : menu.previousElementSibling).focus();
}

function moveInMenu(menu, event) {
  const items = [...menu.querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    showMenu(menu, false);
  }
}

// Modals: shown, updated in place, submitted, closed; and the question before a dangerous button.

import { enhanceEditors } from "./editor.js";
import { held, settle } from "./fields.js";
import { refresh } from "./live.js";
import { remember, updateView } from "./morph.js";
import { act, complain } from "./server.js";

const modal = document.getElementById("modal");
const kept = new Map();
let opener = null;

// Shows what the server says is on top: {id, hash, html}, or null for nothing.
export function showModal(top) {
  const shown = modal.querySelector("[data-view]");
  if (!top) {
    kept.clear();
    if (!modal.open) return;
    modal.close();
    modal.replaceChildren();
    giveFocusBack();
    return;
  }
  const fresh = parsed(top.html);
  if (shown?.dataset.view === top.id) {
    if (shown.dataset.hash !== top.hash) updateModal(shown, fresh);
  } else {
    if (shown) kept.set(shown.dataset.view, shown);
    const before = kept.get(top.id);
    kept.delete(top.id);
    modal.replaceChildren(before ?? fresh);
    if (!before) settleIn(fresh);
    else if (before.dataset.hash !== top.hash) updateModal(before, fresh);
  }
  if (!modal.open) {
    opener = document.activeElement;
    modal.showModal();
    focusFirst();
  } else if (shown?.dataset.view !== top.id) focusFirst();
}

// The modal that came with the page itself.
export function showFirstModal() {
  const shown = modal.querySelector("[data-view]");
  if (!shown) return;
  settleIn(shown);
  modal.showModal();
  focusFirst();
}

export function listenToDialogs() {
  modal.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.target);
  });
  modal.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) closeTop();
  });
  // Escape: the server closes the view, and the page follows.
  modal.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented;
    if (event.key !== "Escape" && !sends) return;
    event.preventDefault();
    if (sends) submit(event.target.closest("form"));
    else closeTop();
  });
  modal.addEventListener("cancel", (event) => event.preventDefault());
  modal.addEventListener("keydown", trap);
}

// Asks before an element acts. Resolves to whether the person agreed.
export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = document.getElementById("confirm");
  const [yes, no] = ["confirm-yes", "confirm-no"].map((id) => document.getElementById(id));
  document.getElementById("confirm-title").textContent = title;
  document.getElementById("confirm-text").textContent = text;
  yes.textContent = confirm;
  no.textContent = deny;
  yes.classList.toggle("danger", style === "danger");
  yes.classList.toggle("primary", style !== "danger");
  dialog.returnValue = "";
  dialog.showModal();
  yes.focus();
  return new Promise((decide) => {
    yes.onclick = () => dialog.close("yes");
    no.onclick = () => dialog.close("");
    dialog.onclose = () => decide(dialog.returnValue === "yes");
  });
}

async function submit(form) {
  const button = form.querySelector("[type=submit]");
  if (!button || button.disabled || button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  document.getElementById("status").textContent = "Submitting…";
  showErrors(form, {});
  await settle(form);
  const outcome = await act("submit", { view: form.dataset.view, state: held(form) });
  button.removeAttribute("aria-busy");
  document.getElementById("status").textContent = outcome.ok ? "Sent." : "";
  await refresh();
  const now = modal.querySelector("[data-view]");
  if (!outcome.ok && now) showErrors(now, outcome.field_errors, outcome.error);
  else complain(outcome.error);
}

async function closeTop() {
  const form = modal.querySelector("[data-view]");
  await settle(form);
  const outcome = await act("close", { view: form.dataset.view });
  await refresh();
  const now = modal.querySelector("[data-view]");
  if (!outcome.ok && now) showErrors(now, {}, outcome.error);
}

function showErrors(form, errors, banner = "") {
  const top = form.querySelector(".banner");
  top.hidden = !banner;
  top.textContent = banner ?? "";
  let first = null;
  for (const problem of form.querySelectorAll(".block.input .problem")) {
    const control = problem.closest(".block").querySelector("[data-action]");
    if (!control) continue;
    const error = errors[control.dataset.block];
    problem.hidden = !error;
    problem.textContent = error ?? "";
    if (error) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (error) first ??= control;
  }
  const focusable = first?.matches(".options") ? first.querySelector("input") : first;
  focusable?.focus();
}

function updateModal(form, fresh) {
  const before = fieldNames(form);
  const focused = form.contains(document.activeElement);
  updateView(form, fresh);
  enhanceEditors(form);
  // A new step: start it at its top, as a newly opened dialog does.
  if (fieldNames(form) !== before || (focused && !form.contains(document.activeElement))) focusFirst();
}

function fieldNames(form) {
  return [...form.querySelectorAll("[data-action]")].map((one) => `${one.dataset.block}/${one.dataset.action}`).join("\n")
    + form.querySelector("#modal-title").textContent;
}

function settleIn(form) {
  remember(form);
  enhanceEditors(form);
}

function focusFirst() {
  const form = modal.querySelector("[data-view]");
  form.querySelector(".blocks").scrollTop = 0;
  const field = form.querySelector("[autofocus]")
    ?? form.querySelector(".block.input :is(input, select, textarea, .lines):not(:disabled, .link-form *)")
    ?? form.querySelector("#modal-title");
  field.focus();
}

function giveFocusBack() {
  const same = opener?.id && document.getElementById(opener.id);
  const target = opener?.isConnected ? opener : same;
  (target ?? document.querySelector("[data-composer] textarea") ?? document.querySelector("main .scroll"))?.focus();
  opener = null;
}

function trap(event) {
  if (event.key !== "Tab" || event.defaultPrevented) return;
  const stops = [...modal.querySelectorAll("a[href], button, input, select, textarea, [contenteditable=true], [tabindex='0']")]
    .filter((one) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const outside = !modal.contains(document.activeElement) || document.activeElement.id === "modal-title";
  if (document.activeElement === edge || (outside && event.shiftKey)) {
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

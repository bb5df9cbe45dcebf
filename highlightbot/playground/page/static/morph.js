// Replaces what the server has drawn anew and leaves the rest as it is, so that nobody's typing,
// focus or open menu is disturbed. Children with the same data-key are the same thing.

const served = new WeakMap();

// Notes how the server drew the keyed elements, before anything changes them.
export function remember(root) {
  for (const element of root.querySelectorAll("[data-key]")) served.set(element, element.outerHTML);
  for (const control of root.querySelectorAll("[data-action]")) served.set(control, control.outerHTML);
}

export function updatePart(container, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content;
  remember(fresh);
  const focus = focused(container);
  if (![...fresh.children].some((one) => one.dataset.key)) container.replaceChildren(fresh);
  else updateChildren(container, fresh, (old, next) => {
    if (!old.dataset.view) return next;
    if (old.dataset.hash !== next.dataset.hash) updateView(old, next);
    return old;
  });
  focus();
}

// A view's form, in place: what is typed in an input stays as long as its ids stay.
// https://docs.slack.dev/surfaces/modals
export function updateView(form, fresh) {
  remember(fresh);
  const focus = focused(form);
  Object.assign(form.dataset, fresh.dataset);
  served.set(form, fresh.outerHTML);
  const blocks = form.matches(".blocks") ? form : form.querySelector(".blocks");
  const next = fresh.matches(".blocks") ? fresh : fresh.querySelector(".blocks");
  updateChildren(blocks, next, keepInputs);
  if (blocks !== form) {
    for (const part of [".top", ".bottom"]) {
      const [old, now] = [form, fresh].map((one) => one.querySelector(part));
      if (old.outerHTML !== now.outerHTML) old.replaceWith(now);
    }
    form.querySelector(".banner").hidden = true;
  }
  focus();
}

function updateChildren(container, fresh, change) {
  const old = new Map([...container.children].filter((one) => one.dataset.key).map((one) => [one.dataset.key, one]));
  const next = [...fresh.children].map((one) => {
    const before = old.get(one.dataset.key);
    if (!before) return one;
    return served.get(before) === served.get(one) ? before : change(before, one);
  });
  const keep = new Set(next);
  for (const child of [...container.childNodes]) if (!keep.has(child)) child.remove();
  next.forEach((one, at) => {
    if (container.children[at] !== one) container.insertBefore(one, container.children[at] ?? null);
  });
}

function keepInputs(old, next) {
  if (!old.matches(".input") || !next.matches(".input")) return next;
  for (const control of next.querySelectorAll("[data-action]")) {
    const { block, action, type } = control.dataset;
    const before = [...old.querySelectorAll("[data-action]")].find((one) =>
      one.dataset.block === block && one.dataset.action === action && one.dataset.type === type);
    if (!before) continue;
    if (control.matches(".options")) copyChoices(before, control);
    else if (control.matches("select")) copyChoice(before, control);
    else keep(before, control);
  }
  return next;
}

function keep(before, control) {
  for (const name of ["aria-describedby", "aria-labelledby", "aria-required", "data-acts", "placeholder", "rows"]) {
    const value = control.getAttribute(name);
    if (value === null) before.removeAttribute(name);
    else before.setAttribute(name, value);
  }
  before.removeAttribute("aria-invalid");
  const [frame, place] = [before, control].map((one) => one.closest(".editor") ?? one);
  place.replaceWith(frame);
}

function copyChoice(before, control) {
  if ([...control.options].some((option) => option.value === before.value)) control.value = before.value;
}

function copyChoices(before, control) {
  for (const input of control.querySelectorAll("input")) {
    const same = [...before.querySelectorAll("input")].find((one) => one.value === input.value);
    if (same) input.checked = same.checked;
  }
}

// Remembers where the focus is in the container; the result puts it back if it was lost.
function focused(container) {
  const element = document.activeElement;
  if (!container.contains(element)) return () => {};
  const key = element.closest("[data-key]")?.dataset.key;
  const range = element.selectionStart == null ? null : [element.selectionStart, element.selectionEnd];
  const selection = document.getSelection();
  const ends = element.isContentEditable
    ? [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset] : null;
  return () => {
    if (document.activeElement === element) return;
    const target = element.isConnected ? element
      : (element.id && document.getElementById(element.id))
        || (key && container.querySelector(`[data-key="${CSS.escape(key)}"]`));
    if (!target) return;
    target.focus({ preventScroll: true });
    if (target === element && ends?.[0]?.isConnected) selection.setBaseAndExtent(...ends);
    else if (range && target.matches("textarea, input:is([type=text], [type=search], [type=url])")) target.setSelectionRange(...range);
  };
}

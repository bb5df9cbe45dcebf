// The message box: Enter sends, Shift+Enter breaks the line, names and commands are offered, and an
// unsent text waits in the window until one comes back.

import { refresh } from "./live.js";
import { act, complain } from "./server.js";

const me = document.body.dataset;

export function listenToComposers() {
  for (const form of document.querySelectorAll("[data-composer]")) compose(form);
}

function compose(form) {
  const box = form.querySelector("textarea");
  const list = form.querySelector(".suggestions");
  const thread = "inThread" in form.dataset ? me.thread : null;
  const draft = `${me.as}/${me.in}/${thread ?? ""}`;
  const names = JSON.parse(box.dataset.names);
  const commands = JSON.parse(box.dataset.commands ?? "[]");
  let chosen = -1;

  const fit = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  };
  const set = (text) => {
    box.value = text;
    sessionStorage.setItem(draft, text);
    fit();
  };
  const send = async () => {
    const text = box.value;
    if (!text.trim()) return;
    set("");
    offer();
    const outcome = await act("say", { in: me.in, text, thread });
    complain(outcome.error);
    if (!outcome.ok && !box.value) set(text);
    await refresh();
  };

  const offer = () => {
    const before = box.value.slice(0, box.selectionStart);
    const word = /(^|\s)@([^\s@]*)$/.exec(before);
    const command = /^\/\S*$/.exec(before);
    let found = [];
    if (word) found = names.filter((name) => name.toLowerCase().includes(word[2].toLowerCase())).map((name) => `@${name}`);
    else if (command) found = commands.filter((name) => name.startsWith(command[0]) && name !== command[0]);
    list.replaceChildren(...found.slice(0, 8).map((name, at) => {
      const item = document.createElement("li");
      item.id = `${box.id}-option-${at}`;
      item.role = "option";
      item.textContent = name;
      item.onmousedown = (event) => {
        event.preventDefault();
        take(name);
      };
      return item;
    }));
    list.hidden = !found.length;
    choose(found.length ? 0 : -1);
  };
  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const take = (name) => {
    const end = box.selectionStart;
    const start = name.startsWith("/") ? 0 : box.value.lastIndexOf("@", end - 1);
    set(`${box.value.slice(0, start)}${name} ${box.value.slice(end)}`);
    box.setSelectionRange(start + name.length + 1, start + name.length + 1);
    list.hidden = true;
    choose(-1);
  };

  box.addEventListener("input", () => {
    sessionStorage.setItem(draft, box.value);
    fit();
    offer();
  });
  box.addEventListener("blur", () => (list.hidden = true));
  box.addEventListener("keydown", (event) => {
    const offered = !list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (offered && step) {
      event.preventDefault();
      choose((chosen + step + list.children.length) % list.children.length);
    } else if (offered && (event.key === "Tab" || event.key === "Enter") && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen].textContent);
    } else if (offered && event.key === "Escape") {
      list.hidden = true;
      choose(-1);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
    box.focus();
  });
  set(sessionStorage.getItem(draft) ?? "");
}

// Starts the page: its parts listen, then it follows the workspace.

import { listenToComposers } from "./composer.js";
import { listenToDialogs, showFirstModal } from "./dialogs.js";
import { listenToFaults } from "./faults.js";
import { listenToFields } from "./fields.js";
import { markRead, refresh, watch } from "./live.js";
import { listenToLog } from "./log.js";
import { act, complain } from "./server.js";

const me = document.body.dataset;
const sidebar = document.getElementById("sidebar");
const burger = document.getElementById("burger");
const MINUTE = 60_000;

listenToFields();
listenToDialogs();
listenToComposers();
listenToLog();
listenToFaults();

document.getElementById("person").addEventListener("change", (event) => {
  const address = new URL(location.href);
  address.searchParams.set("as", event.target.value);
  address.searchParams.delete("thread");
  location.assign(address);
});

document.getElementById("part-clock").addEventListener("click", async (event) => {
  const { to, seconds } = event.target.dataset;
  if (!to && !seconds) return;
  complain((await act("move-clock", to ? { to } : { seconds: Number(seconds) })).error);
  await refresh();
});

burger.addEventListener("click", () => {
  const open = sidebar.classList.toggle("open");
  burger.setAttribute("aria-expanded", String(open));
  if (open) sidebar.querySelector("a")?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !sidebar.classList.contains("open")) return;
  burger.click();
  burger.focus();
});
document.querySelector("main").addEventListener("click", () => {
  if (sidebar.classList.contains("open")) burger.click();
});

document.addEventListener("visibilitychange", markRead);
setInterval(refresh, MINUTE);
watch();
showFirstModal();
if (me.opens) act(me.opens).then((outcome) => complain(outcome.error)).then(refresh);

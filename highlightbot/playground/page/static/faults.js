// The drawer in which things are made to go wrong.

import { refresh } from "./live.js";
import { act, complain } from "./server.js";

const drawer = document.getElementById("faults");
const opener = document.getElementById("faults-opener");
const order = document.getElementById("faults-order");

export function listenToFaults() {
  opener.addEventListener("click", () => show(drawer.hidden));
  document.getElementById("faults-closer").addEventListener("click", () => show(false));
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  order.addEventListener("submit", (event) => {
    event.preventDefault();
    perform("order-fault", Object.fromEntries(new FormData(order)));
  });
  order.addEventListener("click", (event) => {
    if (event.target.dataset.deed) perform(event.target.dataset.deed);
  });
}

function show(open) {
  drawer.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
  (open ? order.querySelector("select") : opener).focus();
}

async function perform(deed, sent) {
  const outcome = await act(deed, sent);
  complain(outcome.error);
  await refresh();
  if (outcome.ok) document.getElementById("status").textContent = "Done.";
}

// What the page asks of its server.

const me = document.body.dataset;

// Does one deed as this person. Resolves to {ok, error, field_errors}, also when nobody answers.
export async function act(deed, body = {}) {
  try {
    const answer = await fetch(`/do/${deed}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ as: me.as, ...body }),
    });
    if (answer.ok || answer.status === 400) return await answer.json();
    return { ok: false, error: `The playground could not do that (${answer.status}).`, field_errors: {} };
  } catch {
    return { ok: false, error: "The playground does not answer. Is it still running?", field_errors: {} };
  }
}

export async function read(path, signal) {
  const answer = await fetch(path, { signal });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

let hiding = 0;

// Tells the person what went wrong; says nothing for null.
export function complain(error) {
  if (!error) return;
  const toast = document.getElementById("alert");
  toast.textContent = error;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), 8000);
}

// What the server says of a field once somebody has left it. The rules are the server's alone: the form is sent there,
// and of its judgement only what concerns the field is shown. While somebody types an error may go, but never comes.

const PAUSE = 500;
// By form: the fields that were changed since they were last judged, by their ids.
const changed = new Map();
// By form: what to ask for next, as soon as there is an answer to the question before.
const asked = new Map();
const timers = new Map();

// A check box stands in a field of several, an entry in a row, and the row in a list: each has things said of it.
function fieldsAround(control) {
  const ids = [idOf(control.name)];
  for (let one = control.closest(".field"); one; one = one.parentElement?.closest(".field")) if (one.id) ids.push(one.id);
  return ids;
}

function isWrong(id) {
  return document.getElementById(`${id}-error`) !== null;
}

// Asks for a judgement, of which what concerns `ids` is shown, and that something is mended.
function judge(form, ids) {
  if (!form.dataset.check) return;
  const next = asked.get(form);
  if (next) {
    next.wanted = true;
    ids.forEach((id) => next.ids.add(id));
    return;
  }
  asked.set(form, { wanted: true, ids: new Set(ids) });
  setTimeout(ask, 0, form);
}

async function ask(form) {
  const [{ ids }, began] = [asked.get(form), Date.now()];
  const next = { wanted: false, ids: new Set() };
  asked.set(form, next);
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body, redirect: "error" });
    if (answer.ok) answered(form, ids, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // What is wrong is said when the form is sent.
  }
  // Whoever tabs quickly through a form asks twice a second at most.
  setTimeout(() => (next.wanted ? ask(form) : asked.delete(form)), Math.max(0, began + PAUSE - Date.now()));
}

function answered(form, ids, page) {
  const said = new Map([...page.querySelectorAll("[data-notes]")].map((one) => [one.dataset.notes, one]));
  const wrong = [...form.querySelectorAll(".field-note.tone-bad[id$=-error]")].map((one) => one.id.slice(0, -6));
  for (const id of new Set([...ids, ...wrong])) {
    const words = said.get(id) ?? null;
    const typing = holderOf(id)?.contains(document.activeElement) && changed.get(form)?.has(id);
    if (ids.has(id) && !typing) {
      if (note(id, words)) say(words.dataset.announce);
    } else if (!words?.querySelector(`#${CSS.escape(`${id}-error`)}`)) note(id, null, ["error"]);
  }
}

// Puts what is said of a field in its place; whether there is something new.
function note(id, words, kinds = ["error", "warning"]) {
  const field = document.getElementById(id);
  const holder = holderOf(id);
  if (!field || !holder) return false;
  let isNew = false;
  for (const kind of kinds) {
    const old = document.getElementById(`${id}-${kind}`);
    const fresh = words?.querySelector(`#${CSS.escape(`${id}-${kind}`)}`);
    if (fresh && old?.textContent.trim() === fresh.textContent.trim()) continue;
    old?.remove();
    if (fresh) place(holder, document.adoptNode(fresh));
    isNew ||= Boolean(fresh);
    describe(field, `${id}-${kind}`, Boolean(fresh));
  }
  const bad = isWrong(id);
  if (bad) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  holder.classList.toggle("field-bad", bad && holder !== field);
  return isNew;
}

// Behind the words and the entry, before what a list or a message holds.
function place(holder, fresh) {
  const parts = [":scope > .field-entry", ":scope > .hint", ":scope > legend", ":scope > h2"];
  const before = parts.map((css) => holder.querySelector(css)).find(Boolean);
  const last = holder.querySelector(":scope > .field-note") ?? before;
  if (last) last.after(fresh);
  else holder.prepend(fresh);
}

function describe(field, id, yes) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (yes) ids.push(id);
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}

// A field that was changed, and a group of which something was.
function touched(event) {
  const [control, form] = [event.target, event.target.form];
  if (busy || !form?.dataset.check || !control.name || control.closest("[data-aside]")) return;
  if (!changed.has(form)) changed.set(form, new Set());
  const ids = fieldsAround(control);
  ids.forEach((id) => changed.get(form).add(id));
  clearTimeout(timers.get(form));
  if (ids.some(isWrong)) timers.set(form, setTimeout(judge, PAUSE, form, []));
}

function left(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  // Another window has come to the front: somebody comes back to go on.
  if (!changed.has(form) || !document.hasFocus()) return;
  const isLeft = (id) => {
    const holder = holderOf(id);
    return holder?.contains(event.target) && !holder.contains(event.relatedTarget);
  };
  const ids = [...changed.get(form)].filter(isLeft);
  ids.forEach((id) => changed.get(form).delete(id));
  if (ids.length) judge(form, ids);
}

addEventListener("input", touched);
addEventListener("change", touched);
addEventListener("focusout", left);

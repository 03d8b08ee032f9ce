// Back to what is saved, without losing what was typed before the next change. What the page cannot put back by itself,
// as rows that were removed, comes from the form's own page.

const TYPED = "#errors, .notice[data-typed]";

function put(control, values) {
  const before = held(control).join("\n");
  if (isTicked(control)) control.checked = values.includes(control.value);
  else if (control.localName === "select") {
    for (const one of control.options) one.selected = values.includes(one.value);
  } else control.value = values[0] ?? "";
  if (held(control).join("\n") === before) return;
  // Whatever stands in for the field draws itself anew.
  for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
}

// What belongs to the form itself: the revision it is one of, and the version of the past that it would bring back.
function belongs(form, revision, restores) {
  if (form.elements.revision) form.elements.revision.value = revision;
  if (form.elements.restores) form.elements.restores.disabled = !restores;
}

// What is there now, to be had again.
function remembered(form) {
  const wrong = [...form.querySelectorAll("[aria-invalid=true][id]")].map((one) => one.id);
  const values = controls(form).map((control) => [control, held(control)]);
  return { values, wrong, said: new Map(saved.get(form)), revision: form.elements.revision?.value, swapped: [] };
}

async function savedPage(form) {
  try {
    const answer = await fetch(part(form, "discard").href, { redirect: "error" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-saved]");
    return fresh?.dataset.revision === form.dataset.revision ? page : null;
  } catch {
    return null;
  }
}

// Whether all of it could be put in place.
async function fetchAnew(form, settings, swapped) {
  const page = await savedPage(form);
  return settings.every((setting) => {
    const [old, at] = [holderOf(idOf(setting)), page?.getElementById(idOf(setting))];
    const fresh = at?.closest(".field") ?? at;
    if (!old || !fresh) return false;
    saved.get(form).delete(setting);
    document.adoptNode(fresh);
    old.replaceWith(fresh);
    swapped.push([old, fresh]);
    return true;
  });
}

async function discard(form) {
  const [before, asItCame] = [remembered(form), gathered(form, came)];
  busy = true;
  for (const control of controls(form)) {
    const pairs = savedOf(form, settingOf(control.name), asItCame) ?? [];
    put(control, pairs.filter(([name]) => name === control.name).map(([, value]) => value));
  }
  const left = differing(form);
  const done = !left.length || (await fetchAnew(form, left, before.swapped));
  busy = false;
  if (!done) {
    leaving = true;
    location.assign(part(form, "discard").href);
    return;
  }
  belongs(form, form.dataset.revision, false);
  for (const id of form.dataset.check ? before.wrong : []) note(id, null);
  changed.delete(form);
  show(false);
  undoable.set(form, before);
  draw(form);
  say(part(form, "words").dataset.discarded);
  part(form, "undo").focus();
}

function undo(form) {
  const before = undoable.get(form);
  undoable.delete(form);
  busy = true;
  for (const [old, fresh] of before.swapped) fresh.replaceWith(old);
  saved.set(form, before.said);
  belongs(form, before.revision, true);
  for (const [control, values] of before.values) put(control, values);
  busy = false;
  show(true);
  draw(form);
  judge(form, before.wrong);
  part(form, "discard").focus();
}

// What the page says of what was typed.
function show(yes) {
  for (const one of document.querySelectorAll(TYPED)) one.hidden = !yes;
}

addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-unsaved=discard], [data-unsaved=undo]");
  const form = button?.closest("form");
  if (!saved.has(form) || opensElsewhere(event) || event.defaultPrevented || button.hasAttribute("data-dialog")) return;
  event.preventDefault();
  if (busy) return;
  if (button.dataset.unsaved === "undo") undo(form);
  else discard(form);
});

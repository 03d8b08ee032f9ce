// The bar: how many settings differ from what is saved, which they are, and that nobody leaves without knowing it.

const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);
// By form: how many differed when it was last looked at.
const counts = new Map();
// By form: what was there before it was set back to what is saved.
const undoable = new Map();
// A form is on its way, and so is what was typed.
let leaving = false;
// The script itself changes fields.
let busy = false;

function part(form, name) {
  return form.querySelector(`[data-unsaved="${name}"]`);
}

// The words come for some numbers; those of a number with the same plural are the right ones.
function counted(words, count) {
  const samples = JSON.parse(words.dataset.counts);
  const alike = samples.find(([number]) => plurals.select(number) === plurals.select(count)) ?? samples.at(-1);
  return alike[1].replace("#", new Intl.NumberFormat(language).format(count));
}

function draw(form) {
  const settings = differing(form);
  const [count, before] = [settings.length, counts.get(form)];
  counts.set(form, count);
  form.classList.toggle("is-changed", count > 0 || undoable.has(form));
  mark(form, settings);
  guard();
  const words = part(form, "words");
  if (!words) return;
  words.hidden = !count && !undoable.has(form);
  words.lastElementChild.textContent = count ? counted(words, count) : words.dataset.discarded;
  // Not every page can put back what is saved.
  const [discard, undo] = [part(form, "discard"), part(form, "undo")];
  if (discard) discard.hidden = !count;
  if (undo) undo.hidden = !undoable.has(form);
  if (before === 0 && count) say(words.dataset.appears);
}

// What is named: a list may be all that its section holds.
function namedHolder(setting) {
  const holder = holderOf(idOf(setting));
  return holder?.querySelector(":scope > .field-text > label, :scope > legend, :scope > h2") ? holder : holder?.closest(".ledger") ?? holder;
}

// A word and a picture at each setting that differs, and at the closed part it may stand in.
function mark(form, settings) {
  const template = form.querySelector("template[data-changed]");
  if (!template) return;
  const differ = new Set();
  for (const setting of settings) {
    for (let one = namedHolder(setting); one; one = one.parentElement?.closest(".template")) differ.add(one);
  }
  for (const tag of form.querySelectorAll(".changed")) {
    const holder = tag.closest(".field, .ledger");
    if (differ.delete(holder)) continue;
    describeAs(holder, tag, false);
    tag.remove();
  }
  for (const holder of differ) {
    const tag = template.content.firstElementChild.cloneNode(true);
    const [label, legend] = [":scope > .field-text > label", ":scope > legend, :scope > h2"].map((css) => holder.querySelector(css));
    if (label) label.after(tag);
    else (legend ?? holder).append(tag);
    describeAs(holder, tag, true);
  }
}

// Within a legend or a heading the tag is a part of the name; beside a label it is said with the field.
function describeAs(holder, tag, yes) {
  const name = holder.querySelector(":scope > .field-text > label")?.htmlFor;
  const field = name && holder.querySelector(`#${CSS.escape(name)}`);
  if (!field) return;
  tag.id = `${name}-changed`;
  describe(field, tag.id, yes);
}

function isAtRisk(form) {
  return form.hasAttribute("data-kept") ? isTouched(form) : counts.get(form) > 0;
}

function warn(event) {
  if (!leaving) event.preventDefault();
}

// Only while there is something to lose: a page that listens for this is not kept when somebody goes back to it.
function guard() {
  const atRisk = document.querySelector("form[data-typed]") !== null || forms.some(isAtRisk);
  if (atRisk) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
}

function edited(event) {
  const form = event.target.form;
  if (busy || !saved.has(form) || event.target.closest("[data-aside]")) return;
  leaving = false;
  undoable.delete(form);
  draw(form);
}

function drawAll() {
  leaving = false;
  forms.forEach(draw);
  guard();
}

addEventListener("input", edited);
addEventListener("change", edited);
addEventListener("pageshow", drawAll);
addEventListener("submit", (event) => {
  const takesAlong = event.target.matches("[data-saved], [data-typed]") || event.target.closest("dialog");
  if (takesAlong && !event.defaultPrevented) leaving = true;
});
addEventListener("click", (event) => {
  if (event.target.closest?.("a[data-drops]") && !opensElsewhere(event)) leaving = true;
});
drawAll();

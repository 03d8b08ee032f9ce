// What the fields of a form hold, and what is saved of it. The files of this folder become one script, in the order of
// their names.
//
// A form says in `data-saved` only what its page shows otherwise than it is saved: of everything else the page, as it
// came, shows what is saved.

const forms = [...document.querySelectorAll("form[data-saved]")];

// By form: what is saved of a setting, as pairs; null: something that cannot be seen here.
const saved = new Map(forms.map((form) => [form, new Map(Object.entries(JSON.parse(form.dataset.saved)))]));

// A list of rows is one setting, and so is each part of a message.
function settingOf(name) {
  return name.replace(/\.\d+\..*$/, "");
}

function idOf(name) {
  return `f-${name.replace(/[._]/g, "-")}`;
}

// What stands around a field, or a list of rows.
function holderOf(id) {
  const at = document.getElementById(id);
  return at?.closest(".field") ?? at;
}

function controls(form) {
  const isOne = (one) => one.name && one.matches("input:not([type=hidden]), select, textarea");
  return [...form.elements].filter((one) => isOne(one) && !one.closest("[data-aside]"));
}

function isTicked(control) {
  return control.type === "checkbox" || control.type === "radio";
}

// A browser mends what is put into some fields; what came with the page is mended alike.
function mended(control, text) {
  if (control.localName !== "input" || control.type === "text") return text;
  const like = document.createElement("input");
  like.type = control.type;
  like.value = text;
  return like.value;
}

function held(control) {
  if (control.matches(":disabled")) return [];
  if (isTicked(control)) return control.checked ? [control.value] : [];
  if (control.localName === "select") return [...control.selectedOptions].map((one) => one.value);
  return [control.value];
}

function came(control) {
  if (control.matches(":disabled")) return [];
  if (isTicked(control)) return control.defaultChecked ? [control.value] : [];
  if (control.localName !== "select") return [mended(control, control.defaultValue)];
  const options = [...control.options];
  const chosen = options.findLast((one) => one.defaultSelected) ?? options.find((one) => !one.disabled);
  return chosen ? [chosen.value] : [];
}

// By setting, its pairs.
function gathered(form, of) {
  const found = new Map();
  for (const control of controls(form)) {
    const setting = settingOf(control.name);
    if (!found.has(setting)) found.set(setting, []);
    found.get(setting).push(...of(control).map((value) => [control.name, value]));
  }
  return found;
}

function isSame(one, other) {
  const key = (pairs) => JSON.stringify((pairs ?? []).map((pair) => JSON.stringify(pair)).sort());
  return key(one) === key(other);
}

function savedOf(form, setting, asItCame) {
  const said = saved.get(form);
  return said.has(setting) ? said.get(setting) : asItCame.get(setting);
}

// The settings that differ from what is saved.
function differing(form) {
  const [now, asItCame] = [gathered(form, held), gathered(form, came)];
  const all = new Set([...now.keys(), ...saved.get(form).keys()]);
  return [...all].filter((setting) => {
    const before = savedOf(form, setting, asItCame);
    return before === null || !isSame(now.get(setting), before);
  });
}

// Whether the page shows something else than when it came.
function isTouched(form) {
  return controls(form).some((one) => held(one).join("\n") !== came(one).join("\n"));
}

// A link that somebody opens beside this page.
function opensElsewhere(event) {
  return Boolean(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

// One voice for the whole page: the live part's.
function say(text) {
  document.dispatchEvent(new CustomEvent("guildhall:say", { detail: { text, about: "form" } }));
}


// ---- Placeholders ----

const TEXTS = "textarea, input[type=text][data-max]:not([inputmode=url])";
const list = document.createElement("ul");
let field = null;
let from = 0;
let chosen = 0;

// What a text may hold stands with its message, or with the field itself.
function knowing(target) {
  return target.closest(".template") ?? target.closest(".field:has(.placeholders)");
}

function known(message) {
  return [...message.querySelectorAll(".placeholders dl > div")].map((one) => ({
    name: one.querySelector("code").textContent,
    meaning: one.querySelector("dd").textContent,
  }));
}

function offer(target) {
  const before = target.value.slice(0, target.selectionEnd);
  const begun = before.lastIndexOf("{");
  const typed = begun < 0 ? null : before.slice(begun);
  const fits = typed && typed.length <= LONGEST_NAME && /^\{\w*$/.test(typed);
  const found = fits ? known(knowing(target)).filter((one) => one.name.startsWith(typed.toLowerCase())) : [];
  if (!found.length) return close();
  if (field !== target) close();
  [field, from, chosen] = [target, begun, 0];
  list.replaceChildren(...found.map(option));
  target.after(list);
  list.hidden = false;
  field.setAttribute("aria-controls", list.id);
  choose(0);
  announce(filled(words.dataset.offered, { count: number.format(found.length) }));
}

function option({ name, meaning }, at) {
  const one = document.createElement("li");
  one.id = `${list.id}-${at}`;
  one.role = "option";
  const code = document.createElement("code");
  code.textContent = name;
  one.append(code, " ", meaning);
  // The field keeps the focus.
  one.addEventListener("pointerdown", (event) => event.preventDefault());
  one.addEventListener("click", () => take(name));
  return one;
}

function choose(at) {
  chosen = (at + list.children.length) % list.children.length;
  [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === chosen)));
  list.children[chosen].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", list.children[chosen].id);
}

function close() {
  if (!field) return;
  field.removeAttribute("aria-activedescendant");
  field.removeAttribute("aria-controls");
  list.hidden = true;
  field = null;
}

function take(name) {
  const target = field;
  target.setSelectionRange(from, target.selectionEnd);
  close();
  insert(target, name);
}

// So that it can be undone as if it had been typed, where the browser can.
function insert(target, text) {
  target.focus();
  if (document.execCommand("insertText", false, text)) return;
  target.setRangeText(text, target.selectionStart, target.selectionEnd, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

function keys(event) {
  if (event.target !== field || event.isComposing) return;
  const act = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: () => take(list.children[chosen].querySelector("code").textContent),
    Tab: () => take(list.children[chosen].querySelector("code").textContent),
    Escape: close,
  }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function buttons(message) {
  let last = null;
  message.addEventListener("focusin", (event) => {
    if (event.target.matches(TEXTS)) last = event.target;
  });
  for (const code of message.querySelectorAll(".placeholders code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.addEventListener("click", () => insert(last?.isConnected ? last : message.querySelector(TEXTS), code.textContent));
    code.replaceWith(button);
    button.append(code);
  }
}

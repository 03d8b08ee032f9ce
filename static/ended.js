// What an open page does once its session has ended: it forgets what it showed. Of what somebody has typed and not sent,
// the form stays. `palette.js` asks for this only then.

const FIELDS = "input:not([type=hidden]), select, textarea";

function differs(control) {
  if (!control.name || !control.matches(FIELDS) || control.closest("[data-aside]")) return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.localName !== "select") return control.value !== control.defaultValue;
  const options = [...control.options];
  const came = options.findLast((one) => one.defaultSelected) ?? options.find((one) => !one.disabled);
  return control.value !== (came?.value ?? "");
}

function isTyped(form) {
  if (form.matches("[data-typed]")) return true;
  // Its own script knows what is saved, which is not always what came with the page.
  if (form.matches("[data-saved]:not([data-kept])")) return form.classList.contains("is-changed");
  return [...form.elements].some(differs);
}

function prune(place, kept) {
  for (const one of [...place.childNodes]) {
    if (kept.includes(one)) continue;
    if (kept.some((stays) => one.contains(stays))) prune(one, kept);
    else one.remove();
  }
}

function element(name, more, ...parts) {
  const one = Object.assign(document.createElement(name), more);
  one.append(...parts);
  return one;
}

// What stands there instead: `words` are the page's.
function notice(words, isLeft) {
  const said = element("p", {}, isLeft ? words.dataset.unsent : words.dataset.nothing);
  if (!isLeft) {
    const back = new URLSearchParams({ return_to: location.pathname + location.search });
    said.append(" ", element("a", { href: `/login?${back}` }, words.dataset.way));
  }
  const one = element("div", { id: "signed-out", className: "notice tone-warning", tabIndex: -1 });
  one.setAttribute("role", "alert");
  one.append(...words.querySelectorAll("svg"), said);
  return one;
}

export function forget(words) {
  const main = document.getElementById("main");
  const typed = [...document.querySelectorAll("form[method=post]")].filter(isTyped);
  // A dialog goes, and what was typed in it does not.
  main.append(...typed.filter((form) => !main.contains(form)));
  const head = element("header", { className: "page-head" }, element("h1", {}, words.dataset.heading));
  const said = notice(words, typed.length > 0);
  main.prepend(head, said);
  prune(document.body, [head, said, ...typed, ...document.querySelectorAll(".skip, .brand, .foot")]);
  document.getElementById("live")?.remove();
  document.querySelector(".frame-server")?.classList.remove("frame-server");
  document.title = words.dataset.title;
  said.focus();
  document.dispatchEvent(new CustomEvent("guildhall:forgotten"));
}

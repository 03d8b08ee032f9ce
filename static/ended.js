// What an open page does once its session has ended. Where nobody is signed in any more it forgets what it showed, but
// the form in which something is typed and not sent; where somebody else is, that too. Who has signed in anew themselves
// sees the page anew, or keeps what they typed. `palette.js` asks for this only then.

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

function notice(id, words, said) {
  const one = element("div", { id, className: "notice tone-warning", tabIndex: -1 });
  one.setAttribute("role", "alert");
  one.append(...[...words.querySelectorAll("svg")].map((icon) => icon.cloneNode(true)), said);
  return one;
}

// What stands in the page's place: `words` are the page's.
function instead(words, isLeft, isAnothers) {
  const { unsent, another, nothing, way } = words.dataset;
  const said = element("p", {}, isLeft ? unsent : isAnothers ? another : nothing);
  if (!isLeft) {
    const back = new URLSearchParams({ return_to: location.pathname + location.search });
    const link = element("a", { href: `/login?${back}` }, way);
    // There is nothing left to lose by going.
    if (isAnothers) link.dataset.drops = "";
    said.append(" ", link);
  }
  return notice("signed-out", words, said);
}

const typedIn = () => [...document.querySelectorAll("form[method=post]")].filter(isTyped);

// `now` is who is signed in, and by which session. Answers whether the page stays.
export function settle(words, now) {
  if (now.person !== words.dataset.person) {
    // As long as something is left, later looks see whether somebody else has come.
    words.dataset.session = now.session;
    return forget(words, now.person !== "");
  }
  if (!typedIn().length) {
    location.reload();
    return false;
  }
  words.dataset.session = now.session;
  for (const id of ["signed-anew", "signed-out"]) document.getElementById(id)?.remove();
  const said = notice("signed-anew", words, element("p", {}, words.dataset.anew));
  (document.querySelector(":modal") ?? document.getElementById("main")).prepend(said);
  said.focus();
  return true;
}

// Answers whether anything is left.
function forget(words, isAnothers) {
  const main = document.getElementById("main");
  // Somebody else could read it, and would send it as their own.
  const typed = isAnothers ? [] : typedIn();
  // A dialog goes, and what was typed in it does not.
  main.append(...typed.filter((form) => !main.contains(form)));
  const head = element("header", { className: "page-head" }, element("h1", {}, words.dataset.heading));
  const said = instead(words, typed.length > 0, isAnothers);
  main.prepend(head, said);
  prune(document.body, [head, said, ...typed, ...document.querySelectorAll(".skip, .brand, .foot")]);
  for (const skip of document.querySelectorAll(".skip")) {
    if (!document.getElementById(skip.hash.slice(1))) skip.remove();
  }
  document.getElementById("live")?.remove();
  document.querySelector(".frame-server")?.classList.remove("frame-server");
  document.title = words.dataset.title;
  said.focus();
  document.dispatchEvent(new CustomEvent("guildhall:forgotten"));
  return typed.length > 0;
}

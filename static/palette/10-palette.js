// Shows in place what the forms of the layout lead to: what is found by its name, and the list of servers.

const SLASH = "guildhall.palette.slash";
const WAIT = 120;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

async function part(name, address, more = {}) {
  const answer = await fetch(address, { redirect: "manual", ...more, headers: { ...more.headers, "x-part": name } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

// ---- Everything by its name ----

const palette = document.getElementById("palette");
const opener = document.getElementById("palette-open");
const field = document.getElementById("palette-q");
const list = document.getElementById("palette-list");
const news = document.getElementById("palette-news");
const slash = document.getElementById("palette-slash");
let waiting = 0;
let turn = 0;
let shown = null;
let current = -1;
// The session has ended, and the page shows nothing any more.
let over = false;

const options = () => [...list.querySelectorAll("[role=option]")];

function mark(index) {
  const all = options();
  current = all.length ? (index + all.length) % all.length : -1;
  all.forEach((one, at) => one.setAttribute("aria-selected", String(at === current)));
  if (current < 0) {
    field.removeAttribute("aria-activedescendant");
  } else {
    field.setAttribute("aria-activedescendant", all[current].id);
    all[current].scrollIntoView({ block: "nearest" });
  }
  field.setAttribute("aria-expanded", String(current >= 0));
  field.setAttribute("aria-controls", current >= 0 ? "palette-options" : "palette-list");
}

async function look() {
  clearTimeout(waiting);
  const mine = ++turn;
  const query = field.value.trim();
  try {
    const address = new URL(field.form.action);
    address.search = new URLSearchParams(new FormData(field.form)).toString();
    const html = await part("palette", address);
    if (mine !== turn) return;
    list.innerHTML = html;
    shown = query;
    list.dataset.query = query;
    mark(0);
    news.textContent = document.getElementById("palette-count")?.textContent ?? "";
  } catch {
    if (mine !== turn) return;
    list.replaceChildren();
    shown = null;
    mark(-1);
    news.textContent = "";
    const failed = document.createElement("p");
    failed.className = "hint";
    failed.setAttribute("role", "alert");
    failed.textContent = palette.dataset.failed;
    list.append(failed);
  }
}

async function choose() {
  if (shown !== field.value.trim()) await look();
  const one = options()[current];
  if (one) one.click();
  else if (shown === null) field.form.submit();
}

function open() {
  if (over || document.querySelector("dialog[open]")) return;
  palette.showModal();
  field.focus();
  field.select();
  look();
}

function begin() {
  // With a script it is a dialog that keeps the focus, not only something that lies over the page.
  palette.removeAttribute("popover");
  for (const button of [opener, document.getElementById("palette-close")]) button.removeAttribute("popovertarget");
  opener.addEventListener("click", open);
  document.getElementById("palette-close").addEventListener("click", () => palette.close());
  palette.addEventListener("click", (event) => {
    const { left, right, top, bottom } = palette.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (event.target === palette && !inside) palette.close();
    // What is on this page is behind the dialog.
    if (event.target.closest("[role=option]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) palette.close();
  });
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    field.setAttribute(name, value);
  }
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(current + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose();
    }
  });
  keys();
}

function keys() {
  if (/mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform)) {
    for (const key of document.querySelectorAll("kbd[data-mac]")) key.textContent = key.dataset.mac;
  }
  try {
    slash.checked = localStorage.getItem(SLASH) !== "no";
  } catch {
    // A browser that keeps nothing has the key on every page.
  }
  slash.addEventListener("change", () => {
    try {
      localStorage.setItem(SLASH, slash.checked ? "yes" : "no");
    } catch {
      // It holds for this page.
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.isComposing || event.defaultPrevented) return;
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && (event.key.toLowerCase() === "k" || event.code === "KeyK");
    const free = !event.target.closest?.("input, select, textarea, [contenteditable], [role=listbox], dialog, [popover]");
    const single = event.key === "/" && !event.ctrlKey && !event.metaKey && free && slash.checked;
    if (command || single) {
      event.preventDefault();
      open();
    }
  });
}

// ---- Servers ----

const switcher = document.getElementById("switcher");
const servers = document.getElementById("switcher-list");
const name = document.getElementById("switcher-q");

const rows = () => [...servers.querySelectorAll("li")].filter((row) => !row.hidden);

function narrow() {
  const wanted = fold(name.value.trim());
  for (const row of servers.querySelectorAll("li")) row.hidden = !fold(row.dataset.name).includes(wanted);
  for (const group of servers.querySelectorAll("ul")) {
    group.hidden = !group.querySelector("li:not([hidden])");
    const heading = document.getElementById(group.getAttribute("aria-labelledby"));
    if (heading) heading.hidden = group.hidden;
  }
  servers.querySelector(".none")?.remove();
  if (servers.querySelector("li") && !rows().length) say(servers.dataset.none);
}

function say(text) {
  servers.querySelector(".none")?.remove();
  const line = document.createElement("p");
  line.className = "none hint";
  line.setAttribute("role", "status");
  line.textContent = text;
  servers.append(line);
}

async function listServers() {
  try {
    servers.innerHTML = await part("switcher", switcher.dataset.href);
    narrow();
  } catch {
    say(switcher.dataset.failed);
  }
}

async function pin(event) {
  event.preventDefault();
  const button = event.submitter;
  const body = new URLSearchParams(new FormData(event.target, button));
  try {
    servers.innerHTML = await part("switcher", event.target.action, { method: "POST", body });
    narrow();
    servers.querySelector(`.button-pin[value="${button.value}"]`)?.focus();
  } catch {
    say(switcher.dataset.failed);
  }
}

function steps(event) {
  const links = rows().map((row) => row.querySelector("a"));
  const at = links.indexOf(document.activeElement?.closest("li")?.querySelector("a"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] ?? (next < 0 ? name : links[at]))?.focus();
  } else if (event.key === "Enter" && event.target === name && !event.isComposing && links.length) {
    event.preventDefault();
    links[0].click();
  }
}

function beginServers() {
  switcher.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    name.focus();
    if (!servers.querySelector("li")) listServers();
  });
  name.addEventListener("input", narrow);
  switcher.addEventListener("keydown", steps);
  servers.addEventListener("submit", pin);
}

// ---- The field one came for ----

// Browsers that do not open by themselves what the field stands in.
function reveal() {
  const field = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let closed = false;
  for (let around = field?.parentElement?.closest("details"); around; around = around.parentElement.closest("details")) {
    closed ||= !around.open;
    around.open = true;
  }
  if (closed) {
    field.scrollIntoView();
    field.focus({ preventScroll: true });
  }
}

if (palette) begin();
if (switcher) beginServers();
addEventListener("hashchange", reveal);
reveal();

// ---- The menu of a narrow window ----

// A window that has become wide has the list beside the page.
const wide = matchMedia("(min-width: 60rem)");
wide.addEventListener("change", () => {
  if (wide.matches) document.querySelector(".server-nav:popover-open")?.hidePopover();
});

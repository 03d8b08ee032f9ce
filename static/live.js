// Keeps an open page of a server up to date. Without it the page says when it was made, and how to look again.

const place = document.getElementById("live");
const button = document.getElementById("live-pause");
const notice = document.getElementById("live-notice");
const news = document.getElementById("live-news");
const notices = document.getElementById("notices");

const PAUSED = "guildhall.live.paused";
const BETWEEN_WORDS = 5000;
const MOST_AT_ONCE = 4;
const LOST_AFTER = 10000;
const LONGEST_PAUSE = 60000;
// Pages do not all look again at the same moment, and none of them all the time.
const BETWEEN_LOOKS = 2000;
const SPREAD = 1000;
const SPREAD_OF_ALL = 5000;
const MOST_NOTICES = 5;
const FIELDS = "input:not([type=hidden]), select, textarea";

let source = null;
let lastId = null;
let ended = false;
let failures = 0;
let again = 0;
let lostTimer = 0;
let spokenAt = 0;
let looking = 0;
let lookedAt = 0;
let moved = new Set();
const later = new WeakMap();
const waiting = new Map();

function paused() {
  try {
    return localStorage.getItem(PAUSED) === "yes";
  } catch {
    return false;
  }
}

function pause(yes) {
  try {
    localStorage.setItem(PAUSED, yes ? "yes" : "no");
  } catch {
    // A browser that keeps nothing keeps this page's choice only.
  }
}

function say(text) {
  notice.textContent = text;
}

// At most one message in five seconds. What comes in between is said together, of each thing the newest, and not more
// than somebody can listen to.
function announce(text, about = text) {
  if (!waiting.size) setTimeout(speak, Math.max(0, spokenAt + BETWEEN_WORDS - Date.now()));
  waiting.delete(about);
  waiting.set(about, text);
}

function speak() {
  spokenAt = Date.now();
  news.textContent = [...waiting.values()].slice(-MOST_AT_ONCE).join("\n");
  waiting.clear();
}

// What has the focus stays until the focus leaves it.
function replace(old, fresh) {
  if (old.contains(document.activeElement)) {
    const waits = later.has(old);
    later.set(old, fresh);
    if (!waits) {
      const left = () =>
        setTimeout(() => {
          const newest = later.get(old);
          later.delete(old);
          if (old.isConnected) replace(old, newest);
        });
      old.addEventListener("focusout", left, { once: true });
    }
    return;
  }
  const words = changed(old, fresh);
  old.replaceWith(fresh);
  const newer = document.getElementById("saved-meanwhile");
  if (newer && fresh.id === `latest-${newer.dataset.subject}` && Number(fresh.dataset.number) > Number(old.dataset.number)) {
    newer.hidden = false;
  }
  if (words) announce(words.dataset.announce, words.id);
}

// What says something of its new state, a part or a line within it: a list is put in place as a whole.
function changed(old, fresh) {
  const was = (one) => (one === fresh ? old : old.querySelector(`#${CSS.escape(one.id)}`));
  const moved = (one) => {
    const before = was(one);
    return before && (before.dataset.state !== one.dataset.state || before.dataset.number !== one.dataset.number);
  };
  const parts = [fresh, ...fresh.querySelectorAll("[data-announce][id]")];
  return parts.find((one) => one.dataset.announce && moved(one));
}

function show(html) {
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  for (const fresh of [...parts]) {
    // A module's line is not on every page; the state in it may be, as in the log.
    const places = fresh.id && document.getElementById(fresh.id) ? [fresh] : [fresh, ...fresh.querySelectorAll("[id]")];
    for (const place of places) {
      const old = place.id && document.getElementById(place.id);
      if (old && old.outerHTML !== place.outerHTML) replace(old, document.adoptNode(place));
    }
  }
}

// Lists of this page that have changed, by the names in data-live.
function concerned(names) {
  const is = (one) => names.has("*") || one.dataset.live.split(" ").some((name) => names.has(name));
  return [...document.querySelectorAll("[data-live][id]")].filter(is);
}

function hear(names) {
  names.split(" ").forEach((name) => moved.add(name));
  plan(names === "*" ? SPREAD_OF_ALL : SPREAD);
}

function plan(spread) {
  if (looking || !concerned(moved).length) return;
  looking = setTimeout(look, Math.max(Math.random() * spread, lookedAt + BETWEEN_LOOKS - Date.now()));
}

// A page that is about what somebody has typed is asked for by sending its form.
async function page(href, form) {
  const asked = form ? { method: "POST", body: new URLSearchParams(new FormData(form)) } : { redirect: "manual" };
  const answer = await fetch(href, { headers: { "X-Live": "yes" }, ...asked });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// The page itself draws its lists: it is asked for again, and the lists that have changed are put in place.
async function look() {
  looking = 0;
  if (ended || paused() || document.visibilityState === "hidden") return;
  const names = moved;
  moved = new Set();
  lookedAt = Date.now();
  try {
    const pages = new Map();
    for (const old of concerned(names)) {
      // A part may be told by another page than the one that shows it.
      const { from = location.href, again } = old.dataset;
      const at = again ?? from;
      if (!pages.has(at)) pages.set(at, await page(at, again && old.closest("form")));
      const fresh = pages.get(at).getElementById(old.id);
      if (fresh && again) fresh.dataset.again = again;
      if (fresh && old.dataset.from) Object.assign(fresh.dataset, { live: old.dataset.live, from });
      // A field may hold what somebody types.
      if (!fresh || !old.isConnected || old.outerHTML === fresh.outerHTML || old.querySelector(FIELDS)) continue;
      for (const opened of old.querySelectorAll("details[open][id]")) {
        fresh.querySelector(`#${CSS.escape(opened.id)}`)?.setAttribute("open", "");
      }
      replace(old, document.adoptNode(fresh));
    }
  } catch {
    names.forEach((name) => moved.add(name));
    plan(LOST_AFTER);
  }
}

// A few words on what concerns this page, until they are dismissed.
function notify(html) {
  for (const fresh of [...new DOMParser().parseFromString(html, "text/html").body.children]) {
    const concerns = document.querySelector(`[data-live~="${CSS.escape(fresh.dataset.list)}"]`);
    const known = document.getElementById(fresh.id) ?? document.getElementById(fresh.id.replace("notice", "command"));
    if (!concerns || known) continue;
    const one = document.adoptNode(fresh);
    one.querySelector("button").addEventListener("click", () => dismiss(one));
    notices.append(one);
    if (notices.children.length > MOST_NOTICES) notices.firstElementChild.remove();
    notices.hidden = false;
    announce(one.dataset.announce, one.id);
  }
}

function dismiss(one) {
  const next = one.nextElementSibling ?? one.previousElementSibling;
  one.remove();
  notices.hidden = !notices.children.length;
  (next?.querySelector("button") ?? document.getElementById("main")).focus({ preventScroll: true });
}

function end(data) {
  const [code, ...text] = data.split("\n");
  close();
  if (code === "stopping" || code === "session") {
    // Whoever looks into it says what became of the session: the same person may have signed in anew.
    if (code === "session") document.dispatchEvent(new CustomEvent("guildhall:ended"));
    retry();
    return;
  }
  if (code === "unsure") {
    // Who could not be asked about now may be a little later.
    say(text.join(" "));
    failures = Math.max(failures, 3);
    retry();
    return;
  }
  ended = true;
  say(text.join(" "));
  button.hidden = true;
  announce(text.join(" "));
}

function retry() {
  failures += 1;
  clearTimeout(again);
  again = setTimeout(open, Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2));
  if (!lostTimer) lostTimer = setTimeout(() => say(place.dataset.lost), LOST_AFTER);
}

function open() {
  clearTimeout(again);
  if (source || ended || paused() || document.visibilityState === "hidden") return;
  const href = new URL(place.dataset.href, location.href);
  if (lastId) href.searchParams.set("since", lastId);
  source = new EventSource(href);
  source.addEventListener("open", () => {
    failures = 0;
    clearTimeout(lostTimer);
    lostTimer = 0;
    say("");
    plan(SPREAD);
  });
  source.addEventListener("changes", (event) => {
    lastId = event.lastEventId || lastId;
    show(event.data);
    // A change is in the feed, too.
    hear("activity");
  });
  source.addEventListener("topics", (event) => {
    lastId = event.lastEventId || lastId;
    hear(event.data);
  });
  source.addEventListener("notices", (event) => notify(event.data));
  source.addEventListener("bot", (event) => show(event.data));
  source.addEventListener("end", (event) => end(event.data));
  // The pauses between tries are ours: a refusal would end the browser's own for good.
  source.addEventListener("error", () => {
    close();
    retry();
    // It does not say why: the session may have ended while nobody was told.
    document.dispatchEvent(new CustomEvent("guildhall:doubt"));
  });
}

function close() {
  source?.close();
  source = null;
}

function draw() {
  button.textContent = paused() ? place.dataset.resume : place.dataset.pause;
}

// Other scripts of the page have one voice with this one.
if (news) document.addEventListener("guildhall:say", ({ detail }) => announce(detail.text, detail.about));

if (place && "EventSource" in window) {
  document.documentElement.classList.add("is-live");
  place.hidden = false;
  draw();
  button.addEventListener("click", () => {
    pause(!paused());
    draw();
    if (paused()) close();
    else open();
  });
  // A browser allows few connections a host: only the page that is seen holds one.
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  document.addEventListener("guildhall:forgotten", () => {
    ended = true;
    close();
    clearTimeout(again);
  });
  // Another script has put something on the page that is told by another one.
  document.addEventListener("guildhall:look", (event) => hear(event.detail));
  if (document.querySelector("[data-from]:empty")) hear("commands");
  open();
}

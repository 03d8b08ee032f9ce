// Keeps an open page of a server up to date. Without it the page says when it was made, and how to look again.

const place = document.getElementById("live");
const button = document.getElementById("live-pause");
const notice = document.getElementById("live-notice");
const news = document.getElementById("live-news");

const PAUSED = "guildhall.live.paused";
const BETWEEN_WORDS = 5000;
const LOST_AFTER = 10000;
const LONGEST_PAUSE = 60000;

let source = null;
let lastId = null;
let ended = false;
let failures = 0;
let again = 0;
let lostTimer = 0;
let spokenAt = 0;
let spoken = 0;

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

// At most one message in five seconds, and of several the newest.
function announce(text) {
  clearTimeout(spoken);
  const wait = Math.max(0, spokenAt + BETWEEN_WORDS - Date.now());
  spoken = setTimeout(() => {
    spokenAt = Date.now();
    news.textContent = text;
  }, wait);
}

// What has the focus stays until the focus leaves it.
function replace(old, fresh) {
  if (old.contains(document.activeElement)) {
    old.addEventListener("focusout", () => setTimeout(() => old.isConnected && replace(old, fresh)), { once: true });
    return;
  }
  const moved = old.dataset.state !== fresh.dataset.state || old.dataset.number !== fresh.dataset.number;
  old.replaceWith(fresh);
  const newer = document.getElementById("saved-meanwhile");
  if (newer && fresh.id === `latest-${newer.dataset.subject}` && Number(fresh.dataset.number) > Number(old.dataset.number)) {
    newer.hidden = false;
  }
  if (moved && fresh.dataset.announce) announce(fresh.dataset.announce);
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

function end(data) {
  const [code, ...text] = data.split("\n");
  close();
  if (code === "stopping") {
    retry();
    return;
  }
  ended = true;
  say(text.join(" "));
  announce(text.join(" "));
  button.hidden = true;
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
  });
  source.addEventListener("changes", (event) => {
    lastId = event.lastEventId || lastId;
    show(event.data);
  });
  source.addEventListener("bot", (event) => show(event.data));
  source.addEventListener("end", (event) => end(event.data));
  // The pauses between tries are ours: a refusal would end the browser's own for good.
  source.addEventListener("error", () => {
    close();
    retry();
  });
}

function close() {
  source?.close();
  source = null;
}

function draw() {
  button.textContent = paused() ? place.dataset.resume : place.dataset.pause;
}

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
  open();
}

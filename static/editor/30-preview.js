
// ---- The preview ----

const asked = [];
let timer = 0;
let running = null;
let quietUntil = 0;
let wanted = null;

function wait() {
  const now = Date.now();
  while (asked.length && asked[0] <= now - WITHIN) asked.shift();
  return Math.max(0, quietUntil - now, asked.length < MOST ? 0 : asked[0] + WITHIN - now);
}

function fold(message) {
  return message.querySelector(":scope > details.fold");
}

function refresh(message, pause = PAUSE) {
  if (fold(message)?.open === false) return;
  wanted = message;
  clearTimeout(timer);
  timer = setTimeout(draw, Math.max(pause, wait()));
}

// The newest wins; in trouble the last picture stays.
async function draw() {
  const message = wanted;
  const left = wait();
  if (left) {
    timer = setTimeout(draw, left);
    return;
  }
  running?.abort();
  const own = (running = new AbortController());
  asked.push(Date.now());
  try {
    const answer = await send(message.querySelector("button[formaction$='/preview']"), own.signal);
    if (answer.status === 429) {
      quietUntil = Date.now() + (Number(answer.headers.get("Retry-After")) * 1000 || WITHIN);
      refresh(message);
    }
    if (!answer.ok) return;
    const figure = parsed(await answer.text()).querySelector("figure");
    const place = message === form ? alone : message.querySelector(".preview-place");
    if (figure && !own.signal.aborted && place.innerHTML !== figure.outerHTML) place.replaceChildren(figure);
  } catch {
    // What is typed is safe; the button says what is wrong.
  }
}

function send(button, signal) {
  const body = new URLSearchParams(new FormData(form));
  if (button.name) body.set(button.name, button.value);
  return fetch(button.formAction, { method: "POST", body, headers: { "X-Fragment": "yes" }, redirect: "manual", signal });
}

function parsed(html) {
  return document.adoptNode(new DOMParser().parseFromString(html, "text/html").body);
}


// ---- The end of the session ----

const WITHIN = 5000;
const ended = document.getElementById("ended");
const root = document.documentElement;

// Asks for a page of the person's own: everybody else is led to signing in. It says whose it is and of which of their
// sessions; whoever cannot be asked has said nothing.
async function whose() {
  const asked = { redirect: "manual", headers: { "X-Live": "yes" }, signal: AbortSignal.timeout(WITHIN) };
  try {
    const answer = await fetch(ended.dataset.look, asked);
    if (answer.type === "opaqueredirect") return { person: "", session: "" };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const { person, session } = page.getElementById("ended").dataset;
    return { person, session };
  } catch {
    return null;
  }
}

function reveals() {
  root.classList.remove("is-unsure");
  document.getElementById("unsure")?.remove();
}

// Answers whether it is known what becomes of the page.
async function doubt() {
  if (over) return true;
  const now = await whose();
  // Another look may have been faster.
  if (over) return true;
  if (!now) return false;
  if (now.session === ended.dataset.session) {
    reveals();
    return true;
  }
  over = true;
  try {
    const script = await import(ended.dataset.script);
    // What is hidden takes no focus.
    reveals();
    over = !script.settle(ended, now);
    return true;
  } catch {
    // The next look tries again.
    over = false;
    return false;
  }
}

// What stands in the page's place while nobody can be asked. What was typed is still behind it.
function unsure() {
  const said = Object.assign(document.createElement("p"), { textContent: ended.dataset.unsure });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  button.textContent = ended.dataset.again;
  button.addEventListener("click", hideUntilKnown);
  const words = document.createElement("div");
  words.append(said, button);
  const one = Object.assign(document.createElement("div"), { id: "unsure", className: "notice tone-warning unsure" });
  one.setAttribute("role", "alert");
  one.append(words);
  // Beside a dialog nothing can be pressed.
  (document.querySelector(":modal") ?? document.body).append(one);
  button.focus();
}

async function hideUntilKnown() {
  // Whoever found out shows what is left of the page, or loads it anew.
  if (over) return;
  root.classList.add("is-unsure");
  document.getElementById("unsure")?.remove();
  if (!(await doubt()) && !document.getElementById("unsure")) unsure();
}

if (ended) {
  document.addEventListener("guildhall:ended", hideUntilKnown);
  document.addEventListener("guildhall:doubt", doubt);
  // Not every page has a stream, and none while nobody looks at it.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && doubt());
  // A browser may have kept the page as it was.
  addEventListener("pageshow", ({ persisted }) => persisted && hideUntilKnown());
}


// ---- Marks ----

const MARKS = { bold: "**", italic: "*", underline: "__", struck: "~~", hidden: "||", code: "`" };
const KEYS = { b: "bold", i: "italic", u: "underline" };

// One stop for the tab key; arrows go from button to button.
function toolbar(text) {
  const bar = document.createElement("div");
  bar.className = "marks";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.dataset.marks);
  bar.setAttribute("aria-controls", text.id);
  bar.append(...words.content.querySelector(".marks").cloneNode(true).children);
  const all = [...bar.children];
  all.forEach((button, at) => {
    button.tabIndex = at ? -1 : 0;
    button.addEventListener("click", () => mark(text, MARKS[button.dataset.mark]));
  });
  bar.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return;
    const forward = document.documentElement.dir === "rtl" ? -step : step;
    const at = (all.indexOf(document.activeElement) + forward + all.length) % all.length;
    all.forEach((button, place) => (button.tabIndex = place === at ? 0 : -1));
    all[at].focus();
  });
  text.before(bar);
  text.addEventListener("keydown", (event) => {
    const name = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    mark(text, MARKS[name]);
  });
}

// Around what is selected, or away from around it.
function mark(text, sign) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const inside = value.slice(from, to);
  const marked = ends(value.slice(0, from), sign) && ends([...value.slice(to)].reverse().join(""), sign);
  const start = marked ? from - sign.length : from + sign.length;
  if (marked) text.setSelectionRange(start, to + sign.length);
  insert(text, marked ? inside : sign + inside + sign);
  text.setSelectionRange(start, start + inside.length);
}

// Two stars are no star.
function ends(before, sign) {
  const stars = before.match(/\**$/)[0].length;
  if (sign === "*") return stars % 2 === 1;
  return sign === "**" ? stars >= 2 : before.endsWith(sign);
}

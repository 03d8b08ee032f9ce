// Choosing by typing. The files of this folder become one module, picker.js, in the order of their names. Each makes
// one kind of field better; the field that the server drew stays in the form, is what is sent, and says what changes.

const said = document.getElementById("picker-words").dataset;
const news = document.getElementById("picker-news");
const plural = new Intl.PluralRules(document.documentElement.lang);

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function matches(count) {
  const form = plural.select(count);
  const text = said[`matches${form[0].toUpperCase()}${form.slice(1)}`] ?? said.matchesOther;
  return count ? fill(text, { count: count.toLocaleString(document.documentElement.lang) }) : said.nothing;
}

// Politely, and once they have stopped typing.
let telling = 0;
function tell(text) {
  clearTimeout(telling);
  telling = setTimeout(() => { news.textContent = news.textContent === text ? `${text}\u00a0` : text; }, 250);
}

// "Uber" finds "Über", "thong bao" finds "thông báo", and letters from fonts are letters.
const PLAIN = { đ: "d", ø: "o", ł: "l", ı: "i", ß: "ss", æ: "ae", œ: "oe" };
function fold(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/[đøłıßæœ]/g, (letter) => PLAIN[letter]).replace(/[_\-\s]+/g, " ").trim();
}

// Others listen to the field itself.
function changed(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["class", "icon"], ["width", 20], ["height", 20], ["aria-hidden", "true"], ["focusable", "false"]]) {
    svg.setAttribute(key, value);
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${said.icons}#${name}`);
  svg.append(use);
  return svg;
}

// What stands before a name: the kind of channel, a role's colour, an emoji.
function mark(item) {
  if (item.sign) return make("span", { class: "picker-sign", "aria-hidden": "true" }, item.sign);
  if (item.picture) {
    return make("img", { class: "picker-sign", src: item.picture, alt: "", width: 24, height: 24, loading: "lazy", decoding: "async" });
  }
  if (!item.mark) return "";
  const svg = icon(item.mark);
  if (item.mark === "role") svg.classList.add("picker-role");
  if (item.color) {
    svg.setAttribute("color", item.color);
    svg.classList.add("picker-colored");
  }
  return svg;
}

// The attributes that tie words to a field go with its name to what stands for it.
function takeOver(from, to) {
  to.id = from.id;
  from.removeAttribute("id");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
    from.removeAttribute(name);
  }
}

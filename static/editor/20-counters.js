
// ---- Counters ----

const counters = new WeakMap();
const number = new Intl.NumberFormat(document.documentElement.lang);

// As the service counts: Unicode scalar values, without blanks at both ends.
function length(text) {
  return [...text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "")].length;
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function show(place, count, max, kind) {
  const state = count > max ? "over" : count >= max * NEAR ? "near" : "";
  let counter = counters.get(place);
  if (!counter) {
    if (!state) return;
    counter = document.createElement("p");
    counter.id = `${place.id}-count`;
    if (place.matches("fieldset")) place.append(counter);
    else place.after(counter);
    counters.set(place, counter);
    const described = place.getAttribute("aria-describedby");
    place.setAttribute("aria-describedby", described ? `${described} ${counter.id}` : counter.id);
  }
  const values = { count: number.format(count), max: number.format(max), over: number.format(count - max) };
  const text = state ? filled(words.dataset[`${kind}${state === "over" ? "Over" : "Near"}`], values) : "";
  const turned = counter.dataset.state !== state;
  counter.dataset.state = state;
  counter.hidden = !state;
  counter.className = `count ${state === "over" ? "tone-bad" : "tone-warning"}`;
  const icon = words.content.querySelector(state === "over" ? ".is-over" : ".is-near").firstElementChild;
  counter.replaceChildren(...(state ? [icon.cloneNode(true), text] : []));
  if (turned && state && place.contains(document.activeElement)) announce(text);
}

function count(field) {
  if (field.dataset.max) show(field, length(field.value), Number(field.dataset.max), "text");
  if (field.dataset.maxLines) {
    const lines = field.value.split("\n").filter((line) => length(line));
    show(field, lines.length, Number(field.dataset.maxLines), "lines");
  }
  const embed = field.closest("[data-total]");
  if (embed) total(embed);
}

function total(embed) {
  const texts = [...embed.querySelectorAll("[data-max]:not([inputmode=url])")];
  const sum = texts.reduce((sum, text) => sum + length(text.value), 0);
  show(embed, sum, Number(embed.dataset.total), "total");
}

// A length of time as it is typed: "1 day 12 hours" behind 2160 minutes. The words are the browser's own.

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const language = document.documentElement.lang;
const tellable = Intl.NumberFormat.supportedLocalesOf(language).length > 0 && "ListFormat" in Intl;

function lengthOf(text, unit) {
  const size = UNITS.find(([name]) => name === unit)[1];
  const total = /^\+?\d{1,9}$/.test(text.trim()) ? Number(text) * size : 0;
  const parts = [];
  let rest = total;
  for (const [name, seconds] of UNITS) {
    if (rest >= seconds) parts.push([name, Math.floor(rest / seconds)]);
    rest %= seconds;
  }
  if (parts.length === 1 && parts[0][0] === unit) return "";
  const words = parts.map(([name, count]) => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long", useGrouping: false }).format(count));
  return new Intl.ListFormat(language, { type: "unit", style: "narrow" }).format(words);
}

function tellLength(field) {
  const place = document.getElementById(`${field.id}-length`);
  const unit = field.dataset.length;
  const draw = () => { place.textContent = tellable ? lengthOf(field.value, unit) : ""; };
  field.removeAttribute("data-length");
  field.addEventListener("input", draw);
  watch(field, draw);
}

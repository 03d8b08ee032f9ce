// What leads to a field leads into it, also within parts that are closed.

const ENTRIES = "input:not([type=hidden]), select, textarea, [role=combobox]";

function enter(id) {
  const field = document.getElementById(id);
  if (!field) return false;
  for (let one = field.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
  const inner = field.matches("fieldset") ? field.querySelector(":scope > details") : null;
  if (inner) inner.open = true;
  // Something else may stand in for a field that is hidden.
  const isThere = field.getClientRects().length > 0;
  const to = isThere ? field : [...(holderOf(id)?.querySelectorAll(ENTRIES) ?? [])].find((one) => one.getClientRects().length);
  if (!to) return false;
  to.focus({ preventScroll: true });
  const holder = holderOf(id) ?? to;
  holder.scrollIntoView({ block: holder.offsetHeight > innerHeight / 2 ? "start" : "center" });
  return document.activeElement === to;
}

addEventListener("click", (event) => {
  const link = event.target.closest?.(".notice a[href^='#f-']");
  if (link && !opensElsewhere(event) && enter(link.hash.slice(1))) event.preventDefault();
});

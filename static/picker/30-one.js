// One of many: a <select>, chosen by typing.

function itemOf(option, group) {
  const { mark: kind, note, color } = option.dataset;
  let text = option.text;
  if (note) text = text.slice(0, -(note.length + 3));
  // The picture says it.
  if (kind === "channel-text" || kind === "channel-announcement") text = text.replace(/^#/, "");
  return { text, note, color, group, lang: option.getAttribute("lang"), mark: kind, value: option.value, chosen: option.selected, disabled: option.disabled, search: `${text} ${group ?? ""}`, option };
}

class One {
  constructor(select) {
    this.select = select;
    this.label = document.querySelector(`label[for="${select.id}"]`)?.textContent.trim() ?? "";
    this.input = make("input", { type: "text", class: "picker-input", spellcheck: "false", dir: "auto" });
    this.button = make("button", { type: "button", class: "picker-button", tabindex: "-1", "aria-label": fill(said.show, { label: this.label }) }, icon("expand"));
    this.lead = make("span", { class: "picker-lead" });
    const anchor = make("div", { class: "picker picker-one" }, this.lead, this.input, this.button);
    takeOver(select, this.input);
    select.hidden = true;
    select.after(anchor);
    this.list = new List(this.input, anchor, this);
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => {
      if (this.list.open) return;
      this.input.select();
      this.list.show();
    });
    // Nobody else need know what is looked for.
    this.input.addEventListener("change", (event) => event.stopPropagation());
    this.input.addEventListener("input", (event) => {
      event.stopPropagation();
      this.list.show(this.input.value);
    });
    pressing(this.button, this.list, this.input);
    watch(select, () => this.list.open || this.closed());
    this.closed();
  }

  items() {
    const all = [];
    for (const option of this.select.options) {
      const group = option.parentElement.label;
      all.push(itemOf(option, group));
    }
    return all;
  }

  choose(item) {
    const differs = !item.option.selected;
    item.option.selected = true;
    this.list.close();
    if (differs) {
      changed(this.select);
      tell(fill(said.chosen, { name: item.text }));
    }
  }

  // What is chosen stands there; what was looked for is gone.
  closed() {
    const option = this.select.selectedOptions[0];
    const item = option ? itemOf(option) : { text: "", value: "" };
    this.input.value = item.value ? (item.note && item.mark === "warning" ? `${item.text} (${item.note})` : item.text) : "";
    this.input.placeholder = item.value ? "" : item.text;
    this.lead.replaceChildren(mark(item));
    if (document.activeElement === this.input) this.input.select();
  }
}

// The button is for who points; the keys of the field do the same.
function pressing(button, list, input) {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const open = list.open;
    input.focus();
    if (open) list.close();
    else list.show();
  });
}

// A field that somebody else has changed: a form set back, a draft filled in.
function watch(field, act) {
  field.addEventListener("change", act);
  field.closest("form")?.addEventListener("reset", () => setTimeout(act));
}

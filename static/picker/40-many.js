// Any of many: check boxes, chosen by typing and shown as chips.

class Many {
  constructor(field) {
    this.boxes = [...field.querySelectorAll("input[type=checkbox]")];
    this.label = field.querySelector("legend").textContent.trim();
    this.many = true;
    this.chips = make("ul", { class: "chips", "aria-label": fill(said.list, { label: this.label }) });
    this.input = make("input", { type: "text", class: "picker-input", spellcheck: "false", dir: "auto", placeholder: said.search, "aria-labelledby": field.querySelector("legend").id });
    this.button = make("button", { type: "button", class: "picker-button", tabindex: "-1", "aria-label": fill(said.show, { label: this.label }) }, icon("expand"));
    const anchor = make("div", { class: "picker picker-many" }, this.chips, this.input, this.button);
    takeOver(field, this.input);
    const details = field.querySelector("details");
    details.hidden = true;
    details.after(anchor);
    this.list = new List(this.input, anchor, this);
    this.input.addEventListener("click", () => this.list.open || this.list.show());
    this.input.addEventListener("change", (event) => event.stopPropagation());
    this.input.addEventListener("input", (event) => {
      event.stopPropagation();
      this.list.show(this.input.value);
    });
    // A key that is held to empty the field must not go on with what is chosen.
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Backspace" && !this.input.value && !event.repeat) this.remove(this.items().findLast((item) => item.chosen));
    });
    anchor.addEventListener("click", (event) => {
      if (event.target === anchor || event.target === this.chips) this.input.focus();
    });
    pressing(this.button, this.list, this.input);
    for (const box of this.boxes) watch(box, () => this.draw());
    this.draw();
  }

  items() {
    return this.boxes.map((box) => {
      const group = document.getElementById(box.closest("ul").getAttribute("aria-labelledby"))?.textContent;
      const { mark: kind, note, color } = box.dataset;
      let text = box.parentElement.querySelector("bdi").textContent;
      if (kind === "channel-text" || kind === "channel-announcement") text = text.replace(/^#/, "");
      return { text, note, color, group, mark: kind, value: box.value, chosen: box.checked, disabled: box.disabled, search: `${text} ${group ?? ""}`, box };
    });
  }

  choose(item) {
    item.box.checked = !item.box.checked;
    this.input.value = "";
    changed(item.box);
    tell(fill(item.box.checked ? said.chosen : said.removed, { name: item.text }));
    this.list.show();
    this.list.go(this.list.shown.findIndex((one) => one.box === item.box));
  }

  remove(item) {
    if (!item) return;
    item.box.checked = false;
    changed(item.box);
    tell(fill(said.removed, { name: item.text }));
    if (this.list.open) this.list.show();
  }

  closed() {
    this.input.value = "";
  }

  draw() {
    const chosen = this.items().filter((item) => item.chosen);
    this.chips.hidden = chosen.length === 0;
    this.chips.replaceChildren(...chosen.map((item, at) => {
      const remove = make("button", { type: "button", class: "chip-remove", "aria-label": fill(said.remove, { name: item.text }) }, icon("close"));
      remove.addEventListener("click", () => {
        this.remove(item);
        (this.chips.querySelectorAll("button")[at] ?? this.input).focus();
      });
      return make("li", { class: "chip", "data-value": item.value }, mark(item), make("bdi", {}, item.text), remove);
    }));
  }
}

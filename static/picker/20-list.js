// The list that opens below a field, as ARIA's combobox has it: the focus stays in the field, and the list says by
// aria-activedescendant where one is. It is drawn a piece at a time, so that five hundred channels cost nothing.

const PIECE = 60;
let lists = 0;

class List {
  // owner: { items(): all there is, choose(item), closed(), label, many, free: what is typed counts by itself }
  constructor(input, anchor, owner) {
    Object.assign(this, { input, anchor, owner, shown: [], drawn: 0, at: -1 });
    this.id = `pick-${(lists += 1)}`;
    this.box = make("div", { role: "listbox", id: this.id, "aria-label": owner.label, "aria-multiselectable": owner.many && "true" });
    this.nothing = make("p", { class: "picker-nothing", hidden: true }, said.nothing);
    this.popup = make("div", { class: "picker-list", popover: "manual" }, this.box, this.nothing);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": this.id, autocomplete: "off" };
    for (const [name, value] of Object.entries(combobox)) input.setAttribute(name, value);
    anchor.after(this.popup);
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The focus stays where it is, whatever of the list is pressed.
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.shown[Number(option.dataset.at)]);
    });
    this.box.addEventListener("scroll", () => {
      if (this.box.scrollTop + this.box.clientHeight > this.box.scrollHeight - 200) this.draw(this.drawn + PIECE);
    });
    this.place = () => this.stand();
  }

  get open() {
    return this.input.getAttribute("aria-expanded") === "true";
  }

  // With what is typed, or with everything.
  show(typed = "") {
    if (this.input.matches(":disabled")) return;
    const words = fold(typed.replace(/^[#@:]+|:$/g, "")).split(" ").filter(Boolean);
    this.shown = this.owner.items().filter((item) => words.every((word) => (item.found ??= fold(item.search)).includes(word)));
    this.box.replaceChildren();
    this.drawn = 0;
    this.group = null;
    this.draw(PIECE);
    this.nothing.hidden = this.shown.length > 0;
    this.box.hidden = this.shown.length === 0;
    if (this.owner.free && !this.shown.length) return this.close();
    if (!this.open) {
      this.input.setAttribute("aria-expanded", "true");
      this.popup.showPopover();
      for (const type of ["scroll", "resize"]) {
        addEventListener(type, this.place, { capture: true, passive: true });
        visualViewport?.addEventListener(type, this.place);
      }
    }
    this.stand();
    const chosen = this.shown.findIndex((item) => item.chosen);
    const first = Math.max(0, this.shown.findIndex((item) => !item.disabled));
    this.go(words.length ? Math.min(first, this.shown.length - 1) : this.owner.many ? -1 : chosen);
    if (words.length) tell(matches(this.shown.length));
  }

  close() {
    if (!this.open) return;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.popup.hidePopover();
    for (const type of ["scroll", "resize"]) {
      removeEventListener(type, this.place, { capture: true });
      visualViewport?.removeEventListener(type, this.place);
    }
    this.box.replaceChildren();
    this.shown = [];
    this.drawn = 0;
    this.owner.closed();
  }

  draw(upTo) {
    for (; this.drawn < Math.min(upTo, this.shown.length); this.drawn += 1) {
      const item = this.shown[this.drawn];
      if (!this.group || this.group.name !== item.group) this.begin(item.group);
      this.group.element.append(this.option(item, this.drawn));
    }
  }

  begin(name) {
    const element = name ? make("div", { role: "group", "aria-label": name }, make("div", { class: "picker-group", "aria-hidden": "true" }, name)) : this.box;
    if (name) this.box.append(element);
    this.group = { name, element };
  }

  option(item, at) {
    const name = make("bdi", { lang: item.lang }, item.text);
    const words = make("span", { class: "picker-words" }, name);
    if (item.note) words.append(" ", make("span", { class: "picker-note" }, item.note));
    return make("div", {
      role: "option", id: `${this.id}-${at}`, "data-at": at, "data-value": item.value,
      "aria-selected": item.chosen ? "true" : "false", "aria-disabled": item.disabled && "true",
      "aria-setsize": this.shown.length, "aria-posinset": at + 1,
    }, mark(item), words, ...(item.chosen ? [icon("chosen")] : []));
  }

  // Below the field, or above it where there is more room.
  stand() {
    const box = this.anchor.getBoundingClientRect();
    const view = visualViewport ?? { offsetTop: 0, height: innerHeight };
    const [above, below] = [box.top - view.offsetTop - 12, view.offsetTop + view.height - box.bottom - 12];
    if (box.bottom < view.offsetTop || box.top > view.offsetTop + view.height) return this.close();
    const up = below < 220 && above > below;
    const page = document.documentElement.clientWidth;
    const width = Math.min(Math.max(box.width, 272), page - 16);
    const start = getComputedStyle(this.anchor).direction === "rtl" ? box.right - width : box.left;
    const style = this.popup.style;
    style.width = `${width}px`;
    style.left = `${Math.max(8, Math.min(start, page - width - 8))}px`;
    style.top = up ? "auto" : `${box.bottom + 4}px`;
    style.bottom = up ? `${innerHeight - box.top + 4}px` : "auto";
    this.box.style.maxHeight = `${Math.min(up ? above : below, 384)}px`;
  }

  go(at) {
    this.box.querySelector(".picker-here")?.classList.remove("picker-here");
    this.at = at;
    if (at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.draw(at + PIECE / 2);
    const option = document.getElementById(`${this.id}-${at}`);
    option.classList.add("picker-here");
    this.input.setAttribute("aria-activedescendant", option.id);
    const [inner, outer] = [option.getBoundingClientRect(), this.box.getBoundingClientRect()];
    // The first one is seen with the heading above it.
    if (at === 0) this.box.scrollTop = 0;
    else if (inner.top < outer.top) this.box.scrollTop -= outer.top - inner.top + 32;
    else if (inner.bottom > outer.bottom) this.box.scrollTop += inner.bottom - outer.bottom + 4;
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = this.shown.length - 1;
    const moves = { ArrowDown: () => (this.at < last ? this.at + 1 : 0), ArrowUp: () => (this.at > 0 ? this.at - 1 : last), Home: () => 0, End: () => last, PageDown: () => Math.min(this.at + 10, last), PageUp: () => Math.max(this.at - 10, 0) };
    if (!this.open) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && (event.key !== "Enter" || this.owner.free)) return;
      event.preventDefault();
      this.show();
      if (this.at < 0 && !event.altKey) this.go(event.key === "ArrowUp" ? this.shown.length - 1 : 0);
    } else if (event.key === "Escape" || (event.altKey && event.key === "ArrowUp")) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter") {
      if (this.owner.free && this.at < 0) return this.close();
      event.preventDefault();
      this.choose(this.shown[this.at]);
    } else if (moves[event.key] && !event.shiftKey && last >= 0) {
      event.preventDefault();
      this.go(moves[event.key]());
    }
  }

  choose(item) {
    if (!item) return;
    if (item.disabled) return tell(fill(said.cannot, { name: item.text, why: item.note ?? "" }));
    this.owner.choose(item);
  }
}

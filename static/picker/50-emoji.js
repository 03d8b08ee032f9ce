// An emoji: the server's own, and every other one by its name. What is typed or pasted counts all the same.

let signs = null;
function allSigns() {
  const groups = said.groups.split("|");
  signs ??= fetch(said.emojis)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
    .then((all) => all.map(([group, sign, text, names, lang]) => ({ sign, text, value: sign, group: groups[group], lang, search: `${text} ${names}` })));
  return signs;
}

class EmojiField {
  constructor(place) {
    this.input = place.querySelector("input");
    this.label = document.querySelector(`label[for="${this.input.id}"]`)?.textContent.trim() ?? "";
    this.free = true;
    this.all = [...this.input.list.options].filter((option) => option.value.startsWith("<")).map((option) => {
      const name = option.text.replaceAll(":", "");
      return { text: option.text, value: option.value, picture: pictureOf(option.value), group: said.own, search: name };
    });
    this.input.removeAttribute("list");
    this.sign = make("button", { type: "button", class: "emoji-sign", tabindex: "-1", "aria-label": fill(said.show, { label: this.label }) });
    place.querySelector(".emoji-sign").replaceWith(this.sign);
    this.list = new List(this.input, place, this);
    this.input.addEventListener("input", () => {
      this.draw();
      this.load(this.input.value);
      if (this.input.value.trim()) this.list.show(this.input.value);
      else this.list.close();
    });
    this.input.addEventListener("keydown", (event) => event.key.startsWith("Arrow") && this.load(""));
    this.sign.addEventListener("click", () => this.load(""));
    pressing(this.sign, this.list, this.input);
    watch(this.input, () => this.draw());
    this.draw();
  }

  // Only when somebody looks for one: all of them, or what is typed.
  load(typed) {
    this.looked = typed;
    this.loading ??= allSigns().then((all) => {
      this.all = [...this.all, ...all.map((item) => ({ ...item }))];
      if (document.activeElement === this.input && (this.list.open || this.looked)) this.list.show(this.looked);
    }, () => {
      this.loading = signs = null;
      tell(said.failed);
    });
  }

  items() {
    const value = this.input.value.trim();
    return this.all.map((item) => Object.assign(item, { chosen: item.value === value }));
  }

  choose(item) {
    this.input.value = item.value;
    this.list.close();
    changed(this.input);
    this.list.close();
    tell(fill(said.chosen, { name: item.text }));
  }

  closed() {}

  draw() {
    const value = this.input.value.trim();
    const picture = pictureOf(value);
    const isSign = value.length < 30 && /^(\p{Extended_Pictographic}|\p{Regional_Indicator}|[\d#*]\ufe0f?\u20e3)/u.test(value);
    const shown = picture ? { picture } : isSign ? { sign: value } : null;
    this.sign.replaceChildren(shown ? mark(shown) : icon("expand"));
  }
}

function pictureOf(code) {
  const id = /^<a?:\w+:(\d+)>$/.exec(code)?.[1];
  return id ? `/cdn/emojis/${id}` : null;
}

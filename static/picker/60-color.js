// A colour: the browser's own chooser on the swatch, and presets that write into the field.

const COLOR = /^#[0-9a-f]{6}$/i;

class ColorField {
  constructor(place) {
    this.input = place.querySelector("input");
    this.swatch = place.querySelector("svg");
    const label = document.querySelector(`label[for="${this.input.id}"]`)?.textContent.trim() ?? "";
    this.chooser = make("input", { type: "color", value: "#000000", class: "chooser", "aria-label": fill(said.color, { label }) });
    const frame = make("span", { class: "swatch-frame" });
    this.swatch.replaceWith(frame);
    frame.append(this.swatch, this.chooser);
    this.radios = [...(place.parentElement.querySelectorAll(".presets input") ?? [])];
    // They write into the field as soon as they are chosen, and the field alone is sent.
    for (const radio of this.radios) {
      radio.setAttribute("form", "");
      radio.addEventListener("change", () => radio.value && this.write(radio.value));
    }
    this.chooser.addEventListener("change", (event) => event.stopPropagation());
    this.chooser.addEventListener("input", (event) => {
      event.stopPropagation();
      this.write(this.chooser.value);
    });
    this.input.addEventListener("input", () => this.draw());
    watch(this.input, () => this.draw());
    this.draw();
  }

  write(color) {
    this.input.value = color;
    changed(this.input);
  }

  draw() {
    const value = this.input.value.trim().toLowerCase();
    const good = COLOR.test(value);
    if (good) this.chooser.value = value;
    const shape = document.createElementNS(SVG, good ? "rect" : "path");
    const drawn = good ? { width: 24, height: 24, fill: value } : { d: "M2 22 22 2", stroke: "currentColor" };
    for (const [name, of] of Object.entries(drawn)) shape.setAttribute(name, of);
    this.swatch.replaceChildren(shape);
    const chosen = this.radios.find((radio) => radio.value === value) ?? this.radios[0];
    if (chosen) chosen.checked = true;
  }
}

// The form of one message: its preview stands beside the fields, or at their end.
const alone = document.getElementById("preview-place");

function stands() {
  const focused = alone.contains(document.activeElement);
  form.querySelector(".save-bar")?.before(alone);
  if (focused) alone.firstElementChild.focus();
  if (!alone.firstElementChild) refresh(form, 0);
}

function begin() {
  if (alone && form.querySelector("button[formaction$='/preview']")) stands();
  form.querySelectorAll("[data-max], [data-max-lines]").forEach(count);
  form.addEventListener("input", ({ target }) => {
    if (target.matches("[data-max], [data-max-lines]")) count(target);
    const message = target.closest(".template") ?? (alone && form);
    if (message) refresh(message);
    if (target.matches(TEXTS) && knowing(target)) offer(target);
  });
  const messages = [...form.querySelectorAll(".template")];
  const fields = [...form.querySelectorAll(".field:not(.template):has(> .field-text > .placeholders)")];
  if (!messages.length && !fields.length) return;
  Object.assign(list, { id: "placeholder-list", role: "listbox", className: "offered", hidden: true });
  list.setAttribute("aria-label", words.dataset.placeholders);
  form.addEventListener("keydown", keys, true);
  form.addEventListener("focusout", close);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "test" || event.submitter.dataset.plain) return;
    event.preventDefault();
    if (!event.submitter.ariaDisabled) test(event.submitter);
  });
  for (const field of fields) {
    field.querySelectorAll(TEXTS).forEach((text) => text.setAttribute("aria-autocomplete", "list"));
    buttons(field);
  }
  for (const message of messages) {
    message.querySelectorAll(TEXTS).forEach((text) => text.setAttribute("aria-autocomplete", "list"));
    message.querySelectorAll("textarea").forEach(toolbar);
    buttons(message);
    const look = () => fold(message).open && !message.querySelector(".preview") && refresh(message, 0);
    fold(message).addEventListener("toggle", look);
    look();
  }
}

if (form && words) begin();

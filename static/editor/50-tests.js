
// ---- Tests ----

async function test(button) {
  const place = button.closest(".template").querySelector(".test-place");
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await send(button);
    if (!answer.ok && answer.status !== 422) throw new Error(`${answer.status}`);
    place.replaceChildren(...parsed(await answer.text()).children);
    document.dispatchEvent(new CustomEvent("guildhall:look", { detail: "commands" }));
  } catch {
    // The whole page knows what to say.
    button.dataset.plain = "yes";
    form.requestSubmit(button);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

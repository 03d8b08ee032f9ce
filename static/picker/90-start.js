// Begins with what is on the page, and goes on with fields that come later.

const KINDS = { one: One, many: Many, emoji: EmojiField, color: ColorField };

function enhance(root) {
  for (const field of root.querySelectorAll("[data-pick]")) {
    const kind = KINDS[field.dataset.pick];
    field.removeAttribute("data-pick");
    new kind(field);
  }
  for (const field of root.querySelectorAll("[data-length]")) tellLength(field);
}

if ("popover" in HTMLElement.prototype) {
  enhance(document);
  const later = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.isConnected && node.querySelector?.("[data-pick], [data-length]")) enhance(node);
    }
  });
  for (const form of document.querySelectorAll("form.settings")) later.observe(form, { childList: true, subtree: true });
}

// A question that has a page of its own is asked where somebody is. Whatever does not work out, the page is there.

// What stands on every page, and scripts.
const ELSEWHERE = "#flash, #bot-state, script, nav";
const REFERS = ["for", "aria-labelledby", "aria-describedby", "list"];

let asking = false;

// Its ids must not be those of the page below.
function renamed(part) {
  for (const one of part.querySelectorAll("*")) {
    if (one.id) one.id = `dialog-${one.id}`;
    for (const name of REFERS.filter((name) => one.hasAttribute(name))) {
      one.setAttribute(name, one.getAttribute(name).split(" ").map((id) => `dialog-${id}`).join(" "));
    }
    const to = one.getAttribute("href");
    if (one.localName === "a" && to?.startsWith("#")) one.setAttribute("href", `#dialog-${to.slice(1)}`);
  }
}

function inDialog(main) {
  main.querySelectorAll(ELSEWHERE).forEach((one) => one.remove());
  const heading = main.querySelector("h1");
  if (!heading || !main.querySelector("form[method=post] button")) return null;
  renamed(main);
  const title = document.createElement("h2");
  title.id = "dialog-title";
  title.tabIndex = -1;
  title.autofocus = true;
  title.append(...heading.childNodes);
  heading.replaceWith(title);
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(...main.childNodes);
  return document.adoptNode(dialog);
}

// Its place may have been drawn anew meanwhile.
function focusBack(link) {
  const same = link.isConnected ? link : document.querySelector(`a[data-dialog][href="${CSS.escape(link.getAttribute("href"))}"]`);
  (same ?? document.getElementById("main")).focus();
}

async function ask(link) {
  const answer = await fetch(link.href, { redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const dialog = inDialog(page.querySelector("main"));
  if (!dialog) throw new Error("nothing to ask");
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest?.("a[data-keep]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    focusBack(link);
  });
  document.body.append(dialog);
  dialog.showModal();
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-dialog]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  if (asking) return;
  asking = true;
  ask(link)
    .catch(() => location.assign(link.href))
    .finally(() => (asking = false));
});

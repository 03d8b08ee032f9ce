// Until a time zone is chosen, the list proposes the browser's own.

const said = document.getElementById("zone-guess");
const list = document.querySelector("select[name=time_zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = [...list.options].find((one) => one.value === own);
if (option && said) {
  // It came with the page, as far as others can see: nobody is to be asked about it before they leave.
  for (const one of list.options) one.defaultSelected = one === option;
  option.selected = true;
  list.dispatchEvent(new Event("change", { bubbles: true }));
  said.textContent = said.dataset.guessed;
}

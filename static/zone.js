// Until a time zone is chosen, the list proposes the browser's own.

const said = document.getElementById("zone-guess");
const list = document.getElementById("f-time-zone");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = [...list.options].find((one) => one.value === own);
if (option && said) {
  option.selected = true;
  said.textContent = said.dataset.guessed;
}

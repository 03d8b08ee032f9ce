// Texts in forms: counters that turn before a limit does. Messages: a preview that follows what is typed, placeholders
// offered at "{", tests sent without leaving the page. Without it the form's own buttons do the same.

const form = document.querySelector("form.settings, form:has([data-max])");
const words = document.getElementById("editor-words");

const NEAR = 0.8;
const RESTS = 1000;
// The service draws six previews in ten seconds: one is left for the button.
const MOST = 5;
const WITHIN = 10000;
const PAUSE = 400;
const LONGEST_NAME = 40;

let resting = 0;

// Once typing rests; the page's one voice (live.js) says it politely and rarely.
function announce(text) {
  clearTimeout(resting);
  const say = new CustomEvent("guildhall:say", { detail: { text, about: "editor" } });
  resting = setTimeout(() => document.dispatchEvent(say), RESTS);
}


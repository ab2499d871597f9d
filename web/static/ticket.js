// @ts-check
import { copyResolution } from "./copy.js";
import { lettersAct, press, register, sheet } from "./keys.js";
import { element, showControls } from "./page.js";
import { composes, inField } from "./typing.js";

const tally = element("tally", HTMLElement);
const back = element("back", HTMLAnchorElement);
const article = document.querySelector(".ticket");

async function copy() {
  if (article) tally.textContent = await copyResolution(article);
}

/** Return to the search as it was, if this ticket was opened from it. */
function leave() {
  if (sessionStorage.getItem("opened") === location.href) history.back();
  else location.assign(back.href);
}

back.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
document.querySelector(".copy")?.addEventListener("click", copy);
document.addEventListener("keydown", (event) => {
  if (composes(event) || sheet.keeps(event) || inField()) return;
  if (press(event, article, true) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") leave();
  else if (event.key === "/" && lettersAct()) location.assign(back.href);
  else if (event.key === "?" && lettersAct()) sheet.open();
  else return;
  event.preventDefault();
});
if (document.querySelector("[data-resolution]")) register("c.", "copy the resolution", copy);
showControls();

// @ts-check
import { copyResolution } from "./copy.js";
import { element, showControls, takesText } from "./page.js";

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
  if (event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
  if (event.key === "Escape") leave();
  else if (event.key === "c" || event.key === ".") copy();
  else if (event.key === "/") location.assign(back.href);
  else return;
  event.preventDefault();
});
showControls();

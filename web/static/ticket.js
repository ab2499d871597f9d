// @ts-check
import { Call } from "./call.js";
import { copyResolution } from "./copy.js";
import { lettersAct, press, register, sheet } from "./keys.js";
import { element, showControls } from "./page.js";
import { composes, inField } from "./typing.js";

const tally = element("tally", HTMLElement);
const back = element("back", HTMLAnchorElement);
const article = document.querySelector(".ticket");
const call = new Call((text) => (tally.textContent = text), query);

/** @returns {string} what was searched for when this ticket was opened from the search. */
function query() {
  return (history.state?.opened && sessionStorage.getItem("query")) || "";
}

async function copy() {
  if (article) tally.textContent = await copyResolution(article);
}

/** Return to the page as it was from which this ticket was opened, else to the search. */
function leave() {
  if (history.state?.opened) history.back();
  else location.assign(back.href);
}

/** @param {MouseEvent} event */
function onClick(event) {
  const link = event.target instanceof Element ? event.target.closest(".similar a") : null;
  const asked = event.target instanceof Element ? event.target.closest("[data-customer]") : null;
  if (link instanceof HTMLAnchorElement) sessionStorage.setItem("opened", link.href);
  if (!(asked instanceof HTMLElement)) return;
  sessionStorage.setItem("ask", asked.dataset.customer ?? ""); // and not in an address
  location.assign(back.href);
}

if (sessionStorage.getItem("opened") === location.href) history.replaceState({ opened: true }, "");
if (history.state?.opened) sessionStorage.setItem("opened", location.href);
document.addEventListener("click", onClick);

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
if (document.querySelector("[data-resolution]")) {
  register("c.", "copy the resolution", copy);
  call.registerKeys();
}
showControls();

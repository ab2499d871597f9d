// @ts-check
import { lettersAct, sheet } from "./keys.js";
import { element, showControls } from "./page.js";
import { composes, sendToBox } from "./typing.js";

const box = element("q", HTMLInputElement);

document.addEventListener("keydown", (event) => {
  if (composes(event) || sheet.keeps(event, box)) return;
  const sign = lettersAct() && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (sign && event.key === "?" && !box.value) sheet.open();
  else if (sign && event.key === "/" && document.activeElement !== box) box.focus();
  else if (event.key === "Escape") box.value = "";
  else return sendToBox(event, box);
  event.preventDefault();
});
showControls();

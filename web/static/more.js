// @ts-check
import { whole } from "./copy.js";

/**
 * Offer to show all of each resolution of which only the beginning is seen.
 *
 * @param {ParentNode} answer
 */
export function offerMore(answer) {
  for (const hit of answer.querySelectorAll(".hit")) {
    const shown = hit.querySelector("[data-resolution]");
    const button = hit.querySelector("button.more");
    if (!(shown instanceof HTMLElement) || !(button instanceof HTMLButtonElement)) continue;
    button.hidden = !(shown.hasAttribute("data-part") || shown.scrollHeight > shown.clientHeight + 2);
    button.onclick = () => open(hit, shown, button);
  }
}

/**
 * @param {Element} hit
 * @param {HTMLElement} shown
 * @param {HTMLButtonElement} button
 */
async function open(hit, shown, button) {
  shown.classList.add("whole");
  if (shown.hasAttribute("data-part")) {
    try {
      shown.textContent = await whole(hit);
      shown.removeAttribute("data-part");
    } catch {
      button.textContent = "Open the ticket to read on";
      return;
    }
  }
  button.hidden = true;
}

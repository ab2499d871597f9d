// @ts-check
import { parsed } from "./page.js";

/**
 * Copy the resolution of a hit or a ticket to the clipboard.
 *
 * @param {Element} article
 * @returns {Promise<string>} what to tell the person.
 */
export async function copyResolution(article) {
  const shown = article.querySelector("[data-resolution]");
  if (!shown) return "There is no resolution to copy yet.";
  try {
    await write(isPart(shown) ? whole(article) : Promise.resolve(shown.textContent ?? ""));
  } catch {
    return "The resolution could not be copied; open the ticket and select the text.";
  }
  flash(article.querySelector(".copy"));
  return "Resolution copied.";
}

/** @param {Element} shown */
function isPart(shown) {
  return shown.hasAttribute("data-part");
}

/**
 * Read the whole resolution, of which a hit shows a part, from the page of its ticket.
 *
 * @param {Element} article
 * @returns {Promise<string>}
 */
export async function whole(article) {
  const link = article.querySelector("h2 a");
  if (!(link instanceof HTMLAnchorElement)) throw new Error("a hit without a link");
  const response = await fetch(link.href);
  const resolution = (await parsed(response)).querySelector("[data-resolution]");
  if (!resolution) throw new Error("a ticket without its resolution");
  return resolution.textContent ?? "";
}

/**
 * Browsers let a page write to the clipboard only right after a key or a click, so the item is
 * handed over at once and its text may follow.
 *
 * @param {Promise<string>} text
 */
async function write(text) {
  const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

/** @param {Element | null} button */
function flash(button) {
  if (!button) return;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 2000);
}

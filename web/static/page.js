// @ts-check

/**
 * Return the element with this id.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return found;
}

/** Show what works only with JavaScript, such as buttons that copy. */
export function showControls() {
  document.documentElement.classList.add("live");
}

/**
 * Parse a page of ours without running or loading anything.
 *
 * @param {Response} response
 */
export async function parsed(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/**
 * Tell the page that a new call begins: `kbsearch:new-call` on the document.
 *
 * @returns {boolean} whether this page begins it itself; else it takes the search page to do so.
 */
export function beginCall() {
  return !document.dispatchEvent(new CustomEvent("kbsearch:new-call", { cancelable: true }));
}

/** @param {Event} event a click that opens another tab begins nothing here. */
function onName(event) {
  if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (beginCall()) event.preventDefault();
}

document.querySelector(".top .name")?.addEventListener("click", onName);

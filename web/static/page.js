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

/**
 * Whether a key pressed there is text that somebody types.
 *
 * @param {EventTarget | null} target
 */
export function takesText(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

/** Show what works only with JavaScript: buttons that copy, the line about keys. */
export function showControls() {
  document.documentElement.classList.add("live");
  for (const help of document.querySelectorAll(".help")) help.removeAttribute("hidden");
}

/**
 * Parse a page of ours without running or loading anything.
 *
 * @param {Response} response
 */
export async function parsed(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

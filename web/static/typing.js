// @ts-check

/** Whether the keyboard is in a field that takes text or a choice. */
export function inField() {
  return document.activeElement?.matches("input, textarea, select") ?? false;
}

/**
 * Whether an input method works on this key: it then means nothing by itself.
 *
 * @param {KeyboardEvent} event
 */
export function composes(event) {
  return event.isComposing || event.keyCode === 229;
}

/**
 * Whether a key changes a text: it types a character, deletes one, or pastes.
 *
 * @param {KeyboardEvent} event
 */
export function changesText(event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.getModifierState("AltGraph")) return [...event.key].length === 1;
  if (control) return event.key.toLowerCase() === "v" && !event.altKey;
  if (event.altKey) return false;
  return [...event.key].length === 1 || ["Dead", "Process", "Backspace"].includes(event.key);
}

/**
 * Whether a key works the control that has the keyboard, such as Space on a button.
 *
 * @param {KeyboardEvent} event
 */
export function worksControl(event) {
  const pressed = "button, summary, input[type=checkbox]";
  return event.key === " " && (document.activeElement?.matches(pressed) ?? false);
}

/**
 * Send a key to the box that was pressed elsewhere, so that it is typed there. The browser gives
 * the character to what has the focus when this key has been heard.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} box
 */
export function sendToBox(event, box) {
  if (changesText(event) && !inField() && !worksControl(event)) box.focus();
}

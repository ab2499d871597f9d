// Lets the page hear of a text only when no key came for 90 ms.

let pause;
addEventListener("input", (event) => {
  if (!event.isTrusted) return;
  event.stopImmediatePropagation();
  clearTimeout(pause);
  pause = setTimeout(() => event.target.dispatchEvent(new InputEvent("input", { bubbles: true })), 90);
}, true);

"use strict";
// Panels that a button opens, and that Escape or a click elsewhere closes.

/**
 * Makes a panel open and close.
 *
 * @param {HTMLElement} button  What opens it.
 * @param {HTMLElement} panel
 * @returns {(shown: boolean) => void} Opens or closes it from elsewhere.
 */
function popup(button, panel) {
  const show = (shown) => {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.addEventListener("click", () => show(panel.hidden));
  document.addEventListener("pointerdown", (event) => {
    if (!panel.contains(event.target) && !button.contains(event.target)) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    button.focus();
  });
  return show;
}

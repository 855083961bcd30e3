/* What makes the staff's pages smoother: a number with a button on either side, and a button that prints. */

document.documentElement.classList.add("with-script");

document.addEventListener("click", ({ target }) => {
  const pressed = target.closest?.("button");
  if (!pressed) return;
  if (pressed.matches("[data-print]")) window.print();
  const step = Number(pressed.dataset.step ?? 0);
  const input = step && pressed.closest("[data-stepper]")?.querySelector("input");
  if (!input) return;
  if (step > 0) input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

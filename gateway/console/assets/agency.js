import { Idiomorph } from "/idiomorph.js";

/* Smoother where scripts run; without it every page of an authority does the same. */

/** What is under way is looked at again, without a jump: what changed is put into the page, and focus stays. */
const every = () => Number(document.querySelector("#live")?.dataset.again) * 1000;
const again = async () => {
  if (!document.hidden) {
    const reply = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
    const main = reply?.ok
      ? new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("#main")
      : undefined;
    if (main) Idiomorph.morph(document.querySelector("#main"), main, { ignoreActiveValue: true });
  }
  if (every()) setTimeout(again, every());
};
if (every()) setTimeout(again, every());

/** One letter for each answer, unless somebody writes: nobody needs the mouse for a hundred pairs. */
const decide = document.querySelector("form[data-keys]");
if (decide) {
  const hint = document.querySelector("[data-keys-hint]");
  if (hint) hint.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target instanceof HTMLElement && event.target.matches("input, select, textarea")) return;
    const key = event.key.toLowerCase();
    if (key === "j") decide.querySelector("a.button")?.click();
    else decide.querySelector(`button[data-key="${key}"]`)?.click();
  });
}

/** After a form was drawn anew, to what is new in it. */
const target = document.querySelector(".notice.bad[role=alert]") ?? document.querySelector("#tried");
if (target && document.querySelector("form.policy")) {
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus();
}

/* Smoother where scripts run; without it every page of an authority does the same. */

/** What is under way is looked at again, without a jump: only that part of the page is put in the other's place. */
const live = document.querySelector("#live[data-again]");
if (live) {
  const every = Number(live.dataset.again) * 1000;
  // What is being sent leads on by itself: a look between would keep its answer from being read.
  let isLeaving = false;
  document.addEventListener("submit", () => (isLeaving = true));
  const again = async () => {
    if (document.hidden || isLeaving) return;
    const reply = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
    if (!reply?.ok) return;
    const page = await reply.text();
    if (isLeaving) return;
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("#live");
    if (!fresh?.dataset.again) {
      location.replace(location.pathname + location.search.replace(/([?&])(done|failed)=[^&]*/g, "$1"));
      return;
    }
    live.replaceChildren(...fresh.childNodes);
  };
  setInterval(again, every);
}

/** One letter for each answer, unless somebody writes: nobody needs the mouse for a hundred pairs. */
const decide = document.querySelector("form[data-keys]");
if (decide) {
  const hint = document.querySelector("[data-keys-hint]");
  if (hint) hint.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target instanceof HTMLElement && event.target.matches("input, select, textarea")) return;
    const key = event.key.toLowerCase();
    if (key === "j") decide.querySelector("a.go")?.click();
    else decide.querySelector(`button[data-key="${key}"]`)?.click();
  });
}

/** After a form was drawn anew, to what is new in it. */
const target = document.querySelector(".notice.bad[role=alert]") ?? document.querySelector("#tried");
if (target && document.querySelector("form.policy")) {
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus();
}

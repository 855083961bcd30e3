/* The part of a page that changes is read anew when something changed, or every so many seconds where that is said. */

const part = document.querySelector("[data-follow]");
const mark = document.querySelector("[data-live]");
const { follow, every } = part.dataset;
/** Many follow at once: nobody reads more than once a second, and not all in the same moment. */
const pauseMs = 1000;
const spread = () => Math.random() * 300;

let isLive = Boolean(every);
const hideStill = () => {
  for (const still of part.querySelectorAll("[data-still]")) still.hidden = isLive;
};
const say = (live) => {
  isLive = live;
  if (mark) mark.textContent = live ? mark.dataset.live : "";
  mark?.classList.toggle("on", live);
  hideStill();
};

const read = async () => {
  try {
    const reply = await fetch(follow, { headers: { accept: "text/html" } });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.querySelector("[data-follow]");
    if (!fresh || fresh.innerHTML === part.innerHTML) return;
    part.replaceChildren(...fresh.childNodes);
    hideStill();
  } catch {
    // The gateway is away: what was known last stays on the page.
  }
};

let waiting = false;
const readSoon = () => {
  if (waiting) return;
  waiting = true;
  setTimeout(async () => {
    await read();
    setTimeout(() => {
      if (waiting === "again") {
        waiting = false;
        readSoon();
      } else waiting = false;
    }, pauseMs);
  }, spread());
};
const changed = () => {
  if (waiting) waiting = "again";
  else readSoon();
};

if (every) {
  hideStill();
  setInterval(() => document.hidden || read(), Number(every) * 1000);
} else {
  const source = new EventSource("/v1/live");
  source.addEventListener("open", () => say(true));
  source.addEventListener("error", () => say(false));
  source.addEventListener("today", changed);
}

import { Idiomorph } from "/idiomorph.js";

/* Looks again by itself at what goes on without anybody: `data-follow` says how often, and `off` that it has ended. */

const pauses = { on: 1500, slowly: 10_000 };
const region = () => document.querySelector("[data-follow]");

let failures = 0;
const look = async () => {
  const before = region();
  const reply = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!reply.ok) throw new Error(String(reply.status));
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const after = page.querySelector(`#${before.id}[data-follow]`);
  // Another page: signed out, or it is not there any more.
  if (!after) return location.reload();
  Idiomorph.morph(before, after, { ignoreActiveValue: true });
};

const follow = () => {
  const pause = pauses[region()?.dataset.follow];
  if (!pause) return;
  setTimeout(
    async () => {
      // Nobody looks at it, so nobody waits.
      if (document.visibilityState === "visible")
        await look().then(
          () => (failures = 0),
          () => (failures += 1),
        );
      follow();
    },
    Math.min(30_000, pause * 2 ** failures),
  );
};
follow();

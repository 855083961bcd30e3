/* What is left until a moment, by the gateway's clock: a tablet's may be off, and sleeps. */

let ahead = 0;
/** `now`: what the gateway's clock shows. */
export const keepTime = (now) => {
  ahead = Date.parse(now) - Date.now();
};

const language = document.documentElement.lang;
const unit = (name) =>
  new Intl.NumberFormat(language, {
    style: "unit",
    unit: name,
    unitDisplay: "short",
    maximumFractionDigits: 0,
  });
const [hours, minutes, seconds] = ["hour", "minute", "second"].map(unit);

const shown = (ms) => {
  const left = Math.max(0, Math.floor(ms / 1000));
  if (left < 60) return seconds.format(left);
  const all = Math.floor(left / 60);
  if (all < 60) return minutes.format(all);
  return `${hours.format(Math.floor(all / 60))} ${minutes.format(all % 60)}`;
};

/** Writes into each `data-left` what is left until its moment. */
export const countDown = () => {
  for (const part of document.querySelectorAll("[data-left]")) {
    const left = Date.parse(part.dateTime) - Date.now() - ahead;
    const text = shown(left);
    if (part.textContent !== text) part.textContent = text;
    part.toggleAttribute("data-soon", left < 5 * 60_000);
  }
};

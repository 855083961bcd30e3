/* The token stays in the fragment, which no server, log or referrer ever sees. */
const token = location.hash.slice(1);
const all = (selector) => [...document.querySelectorAll(selector)];
const buttons = all("[data-answer]");
const locale = `${document.documentElement.lang}-${document.documentElement.lang === "en" ? "GB" : "BE"}`;
const belgian = (how) => new Intl.DateTimeFormat(locale, { timeZone: "Europe/Brussels", ...how });
const time = belgian({ hour: "2-digit", minute: "2-digit" });
const day = belgian({ weekday: "long", day: "numeric", month: "long" });
const told = (at, isTime) => (isTime ? "" : `${day.format(at)}, `) + time.format(at);

const paths = {
  accept: "/v1/invitation/accept",
  decline: "/v1/invitation/decline",
  cancel: "/v1/invitation/cancel",
  resume: "/v1/volunteer/resume",
};

const readyEveryMs = 20_000;
const acceptedEveryMs = 60_000;
const soonMs = 2000;

/** How far the gateway's clock is ahead of this telephone's. */
let ahead = 0;
let ticking;
/** The newest question to the gateway; what an older one answers is out of date. */
let newest = 0;
/** A yes was refused: it is not offered again. */
let isRefused = false;
/** There is something on the page that may be out of date. */
let isShown = false;

const view = (name) => {
  // Whatever was asked last: an answer that a look overtook would leave them without any button.
  for (const button of buttons) button.disabled = false;
  for (const part of all("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(name);
};

const fill = (facts) => {
  for (const part of all("[data-is]")) part.textContent = facts[part.dataset.is] ?? part.textContent;
  for (const part of all("[data-moment]")) {
    const at = facts[part.dataset.moment];
    if (at) part.textContent = told(Date.parse(at), part.dataset.time);
  }
};

/** The way to the centre, which the page opens elsewhere. */
const lead = ({ latitude, longitude } = {}) => {
  for (const link of all("[data-map]"))
    link.href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
};

const leftMs = (at) => Date.parse(at) - Date.now() - ahead;

const countDown = (windowEndsAt) => {
  const seconds = Math.max(0, Math.ceil(leftMs(windowEndsAt) / 1000));
  fill({ left: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` });
  // The gateway ends a window a moment after it is over.
  ticking = seconds === 0 ? setTimeout(load, soonMs) : setTimeout(countDown, 1000, windowEndsAt);
};

/** As volunteers/answer-view.ts chooses, where no script runs. */
const viewOf = ({ state, kind, knownBy, pausedUntil, promise = "expected" }) => {
  if (state === "accepted" && promise !== "expected") return promise;
  if (state === "open" && kind === "standby") return "standby";
  if (state !== "lapsed") return state;
  if (!isRefused && leftMs(knownBy) > 0) return "late";
  return pausedUntil && leftMs(pausedUntil) > 0 ? "paused" : "lapsed";
};

/** The letter was in the person's language, and the browser may be somebody else's; a choice made here stays. */
const speaks = ({ language }) =>
  !language || language === document.documentElement.lang || new URLSearchParams(location.search).has("lang");

const show = (invitation) => {
  if (!speaks(invitation)) return location.replace(`?lang=${invitation.language}${location.hash}`);
  const { state, windowEndsAt, knownBy } = invitation;
  const shown = viewOf(invitation);
  isShown = true;
  view(shown);
  fill({ ...invitation, ...invitation.centre });
  lead(invitation.centre);
  if (state === "open" && windowEndsAt) countDown(windowEndsAt);
  // The message was quicker than its receipt: in a moment the window is known.
  if (state === "decided") ticking = setTimeout(load, soonMs);
  if (state === "ready") ticking = setTimeout(lookAgain, readyEveryMs);
  // A promise can still be refused or cancelled: nobody travels for nothing who has the page open.
  if (shown === "accepted") ticking = setTimeout(lookAgain, acceptedEveryMs);
  if (shown === "late") ticking = setTimeout(load, leftMs(knownBy) + soonMs);
};

/** Answers with the reply to the newest question, and with nothing where another was asked meanwhile. */
const fetched = async (path, method) => {
  clearTimeout(ticking);
  newest += 1;
  const mine = newest;
  const reply = await fetch(path, { method, headers: { authorization: `Bearer ${token}` } }).catch(
    () => ({}),
  );
  const answered = reply.ok && (await reply.json().catch(() => undefined));
  if (mine !== newest) return undefined;
  if (reply.headers) ahead = Date.parse(reply.headers.get("date") ?? "") - Date.now() || 0;
  return { status: reply.status, invitation: answered };
};

const ask = async (path, method) => {
  for (const button of buttons) button.disabled = true;
  const reply = await fetched(path, method);
  if (!reply) return;
  const { status, invitation } = reply;
  if (invitation && path === paths.resume) return view("back");
  if (invitation) return show(invitation);
  if (status === 401) return view("no-token");
  // It was answered elsewhere, or is over: what it has become says so better than a refusal.
  if (status === 409 && method === "POST") {
    isRefused = true;
    return load();
  }
  view(status === undefined || status === 200 ? "offline" : "overloaded");
};

/** Behind what is shown, which stays true where the gateway does not answer. */
const lookAgain = async () => {
  const reply = await fetched("/v1/invitation", "GET");
  if (reply?.invitation) show(reply.invitation);
  else if (reply) ticking = setTimeout(lookAgain, readyEveryMs);
};

const load = () => (token ? ask("/v1/invitation", "GET") : view("no-token"));

for (const button of buttons)
  button.addEventListener("click", (event) => {
    // Without this the same button sends a form.
    event?.preventDefault();
    return ask(paths[button.dataset.answer], "POST");
  });
for (const button of all("[data-again]")) button.addEventListener("click", load);
for (const link of all(".languages a, [data-mine]")) link.hash = location.hash;
for (const field of all("input[type=hidden][name=link]")) field.value = token;
addEventListener("hashchange", () => location.reload());
// A telephone that slept has heard nothing meanwhile.
document.addEventListener?.("visibilitychange", () => {
  if (!document.hidden && isShown) lookAgain();
});
load();

/* The token stays in the fragment, which no server, log or referrer ever sees. */
const token = location.hash.slice(1);
const all = (selector) => [...document.querySelectorAll(selector)];
const buttons = all("[data-answer]");
const belgian = new Intl.DateTimeFormat(`${document.documentElement.lang}-BE`, {
  timeZone: "Europe/Brussels",
  weekday: "long",
  hour: "2-digit",
  minute: "2-digit",
});

/** How far the gateway's clock is ahead of this telephone's. */
let ahead = 0;
let ticking;

const view = (name) => {
  for (const part of all("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(name);
};

const fill = (facts) => {
  for (const part of all("[data-is]")) part.textContent = facts[part.dataset.is] ?? part.textContent;
  for (const part of all("[data-moment]")) {
    const at = facts[part.dataset.moment];
    if (at) part.textContent = belgian.format(Date.parse(at));
  }
};

const countDown = (windowEndsAt) => {
  const seconds = Math.ceil((Date.parse(windowEndsAt) - Date.now() - ahead) / 1000);
  if (seconds < 0) return load();
  fill({ left: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` });
  ticking = setTimeout(countDown, 1000, windowEndsAt);
};

const show = (invitation) => {
  view(invitation.state);
  fill({ ...invitation, ...invitation.centre });
  if (invitation.state === "open" && invitation.windowEndsAt) countDown(invitation.windowEndsAt);
  // The message was quicker than its receipt: in a moment the window is known.
  if (invitation.state === "decided") ticking = setTimeout(load, 2000);
};

const ask = async (path, method) => {
  clearTimeout(ticking);
  for (const button of buttons) button.disabled = true;
  try {
    const reply = await fetch(path, { method, headers: { authorization: `Bearer ${token}` } });
    ahead = Date.parse(reply.headers.get("date") ?? "") - Date.now() || 0;
    if (reply.ok) return show(await reply.json());
    if (reply.status === 401) return view("no-token");
    // It was answered elsewhere, or is over: what it has become says so better than a refusal.
    if (reply.status === 409 && method === "POST") return load();
    view("overloaded");
  } catch {
    view("offline");
  } finally {
    for (const button of buttons) button.disabled = false;
  }
};

const load = () => (token ? ask("/v1/invitation", "GET") : view("no-token"));

for (const button of buttons)
  button.addEventListener("click", () => ask(`/v1/invitation/${button.dataset.answer}`, "POST"));
for (const button of all("[data-again]")) button.addEventListener("click", load);
for (const link of all(".languages a")) link.hash = location.hash;
addEventListener("hashchange", () => location.reload());
load();

/* The token stays in the fragment, which no server, log or referrer ever sees. */
const token = location.hash.slice(1);
const all = (selector) => [...document.querySelectorAll(selector)];

const view = (name) => {
  for (const part of all("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(name);
};

const ask = async (path, init = {}) => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const reply = await fetch(path, { ...init, headers }).catch(() => ({}));
  if (reply.ok) return reply.json().catch(() => undefined);
  view(reply.status === 401 ? "no-token" : reply.status === 409 ? "over" : "failed");
  return undefined;
};

/* What is asked: that a registration moves, or that somebody comes along into a new campaign. */
const moving = {
  yes: "/v1/volunteer/consent",
  read: () => ask("/v1/volunteer/standing"),
  stand: async ({ region, state, consent }) => {
    if (state === "withdrawn") return { view: "over" };
    const policy = await ask(`/v1/regions/${region}/policy`);
    if (!policy) return undefined;
    const { consentText } = policy.rules;
    return { consentText, view: consent.textVersion === consentText ? "given" : "asking" };
  },
};
const renewing = {
  yes: "/v1/renewal/accept",
  no: "/v1/renewal/decline",
  read: () => ask("/v1/renewal"),
  stand: ({ state, consentText, campaign, language }) => ({
    consentText,
    name: campaign.name[language],
    view: state === "yes" ? "given" : state === "over" ? "over" : "asking",
  }),
};
const matter = document.querySelector("[data-matter]").dataset.matter === "renewal" ? renewing : moving;

let textVersion;

const load = async () => {
  if (!token) return view("no-token");
  const read = await matter.read();
  if (!read) return;
  if (read.language !== document.documentElement.lang && !new URLSearchParams(location.search).has("lang"))
    return location.replace(`?lang=${read.language}${location.hash}`);
  const stand = await matter.stand(read);
  if (!stand) return;
  textVersion = stand.consentText;
  for (const part of all("[data-is=consentText]")) part.textContent = textVersion;
  for (const part of all("[data-is=name]")) {
    part.textContent = stand.name ?? "";
    part.hidden = !stand.name;
  }
  view(stand.view);
};

const answer = async (path, init, then) => {
  for (const button of all("[data-consent], [data-decline]")) button.disabled = true;
  if (await ask(path, { method: "POST", ...init })) view(then);
  for (const button of all("[data-consent], [data-decline]")) button.disabled = false;
};

for (const button of all("[data-consent]")) {
  button.hidden = false;
  button.addEventListener("click", () =>
    answer(matter.yes, { body: JSON.stringify({ textVersion, given: true }) }, "given"),
  );
}
for (const button of all("[data-decline]")) {
  button.hidden = false;
  button.addEventListener("click", () => answer(matter.no, {}, "declined"));
}
for (const button of all("[data-again]")) button.addEventListener("click", load);
for (const link of all(".languages a")) link.hash = location.hash;
addEventListener("hashchange", () => location.reload());
load();

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

let textVersion;

const load = async () => {
  if (!token) return view("no-token");
  const volunteer = await ask("/v1/volunteer");
  if (!volunteer) return;
  const { language, region, state, consent } = volunteer;
  if (language !== document.documentElement.lang && !new URLSearchParams(location.search).has("lang"))
    return location.replace(`?lang=${language}${location.hash}`);
  if (state === "withdrawn" || state === "closed") return view("over");
  const policy = await ask(`/v1/regions/${region}/policy`);
  if (!policy) return;
  textVersion = policy.rules.consentText;
  for (const part of all("[data-is=consentText]")) part.textContent = textVersion;
  view(consent.textVersion === textVersion ? "given" : "asking");
};

const consent = async () => {
  for (const button of all("[data-consent]")) button.disabled = true;
  const body = JSON.stringify({ textVersion, given: true });
  if (await ask("/v1/volunteer/consent", { method: "POST", body })) view("given");
  for (const button of all("[data-consent]")) button.disabled = false;
};

for (const button of all("[data-consent]")) {
  button.hidden = false;
  button.addEventListener("click", consent);
}
for (const button of all("[data-again]")) button.addEventListener("click", load);
for (const link of all(".languages a")) link.hash = location.hash;
addEventListener("hashchange", () => location.reload());
load();

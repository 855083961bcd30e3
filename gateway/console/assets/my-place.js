/*
 * One's own place. The link's token stays in the fragment, which no server, log or referrer ever sees, and so the address
 * can be opened again; forms carry it in their bodies. The page that answers a form takes the place of the one before.
 */
const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const patienceMs = 20_000;
let token = location.hash.slice(1);

const show = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of [".top", "main", ".foot"]) find(part)?.replaceWith(page.querySelector(part));
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  dispatchEvent(new Event("everydose:shown"));
  const says = find("[aria-invalid=true]") ?? find("[data-says]");
  if (says) says.focus();
  else scrollTo(0, 0);
  // The token of whoever has left opens nothing any more.
  if (find("[data-gone]")) history.replaceState(null, "", location.pathname + location.search);
};

const away = (isAway) => {
  for (const part of all("[data-away]")) part.hidden = !isAway;
};

/** Sends it and shows what comes; where nothing comes, all that was typed stays and the page says so. */
const send = async (path, body) => {
  away(false);
  const reply = await fetch(path, { method: "POST", body, signal: AbortSignal.timeout(patienceMs) })
    .then(async (answer) => ({ type: answer.headers.get("content-type"), text: await answer.text() }))
    .catch(() => undefined);
  if (!reply?.type?.startsWith("text/html")) return away(true);
  show(reply.text);
};

const opened = async () => {
  for (const part of all("[data-asking]")) part.hidden = true;
  for (const part of all("[data-loading]")) part.hidden = false;
  await send(location.pathname + location.search, new URLSearchParams({ link: token }));
  for (const part of all("[data-loading]")) part.hidden = true;
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  // Another language is another page: the address says which, and the fragment goes along.
  if (form.dataset.language) {
    event.preventDefault();
    location.assign(`/my-place?lang=${form.dataset.language}#${token}`);
    return;
  }
  if (!form.matches("[data-place], [data-link]")) return;
  event.preventDefault();
  if (form.matches("[data-link]")) {
    token = form.elements.link.value.trim().replace(/^.*#/s, "");
    history.replaceState(null, "", `${location.pathname}${location.search}#${token}`);
  }
  const { submitter } = event;
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  const body = new URLSearchParams([...new FormData(form)]);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  await send(form.getAttribute("action"), body);
  for (const button of form.querySelectorAll("button")) button.disabled = false;
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-again]")) opened();
});
addEventListener("hashchange", () => location.reload());
for (const link of all(".languages a")) link.hash = location.hash;
if (token.length > 15) opened();

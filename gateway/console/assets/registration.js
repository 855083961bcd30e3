/* The link of one's own registration: its token stays in the fragment, as that of an invitation does. */
const token = location.hash.slice(1);
const all = (selector) => [...document.querySelectorAll(selector)];

const ask = (path, method) => fetch(path, { method, headers: { authorization: `Bearer ${token}` } });

const show = ({ language, state }) => {
  for (const section of all("[data-registration]"))
    section.hidden = section.dataset.registration !== language;
  for (const part of all("[data-states]")) part.hidden = !part.dataset.states.split(" ").includes(state);
};

const load = async () => {
  const reply = await ask("/v1/volunteer/standing", "GET");
  if (reply.ok) show(await reply.json());
};

const act = async (button) => {
  button.disabled = true;
  try {
    const { action } = button.dataset;
    const reply = await ask(`/v1/volunteer/${action}`, "POST");
    const { registration } = button.closest("[data-registration]").dataset;
    // Whoever has left the list holds a token that opens nothing any more.
    if (reply.ok && action === "withdraw") show({ language: registration, state: "withdrawn" });
    else await load();
  } finally {
    button.disabled = false;
  }
};

for (const link of all("[data-mine]")) link.hash = location.hash;
for (const button of all("[data-action]")) button.addEventListener("click", () => act(button));
for (const link of all("[data-own]")) link.hash = location.hash;
addEventListener("hashchange", () => location.reload());
if (token.length > 20) load();

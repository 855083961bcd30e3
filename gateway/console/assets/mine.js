/* The link's token stays in the fragment, which no server, log or referrer ever sees; the form sends it in its body. */
const link = document.querySelector("input[name=link]");
const token = location.hash.slice(1);
if (link && token) link.value = token;
if (link?.value) link.closest(".field").hidden = true;
for (const each of document.querySelectorAll(".languages a")) each.hash = location.hash;

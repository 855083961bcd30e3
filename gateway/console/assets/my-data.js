/* The link's token stays in the fragment, which no server, log or referrer ever sees, until this form takes it. */
const [form] = document.querySelectorAll("[data-link]");
const token = location.hash.slice(1);
if (form && token) {
  form.elements.link.value = token;
  history.replaceState(null, "", location.pathname + location.search);
  form.submit();
}

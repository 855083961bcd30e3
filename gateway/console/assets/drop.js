/* A file that is dropped on its field is as good as one that is chosen, and is sent at once. */

const form = document.querySelector("form[data-drop]");
const field = form?.querySelector("input[type=file]");
const place = form?.querySelector(".drop");

const over = (is) => place.classList.toggle("over", is);

if (field && place) {
  for (const name of ["dragenter", "dragover"])
    place.addEventListener(name, (event) => {
      event.preventDefault();
      over(true);
    });
  place.addEventListener("dragleave", (event) => {
    if (!place.contains(event.relatedTarget)) over(false);
  });
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length !== 1) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  // Beside the field, a browser would open the file in place of the page.
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
}

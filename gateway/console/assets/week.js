/* The heads of the week's table tick a whole day, or a part of all days, with one tap; without this there are the boxes. */
const boxesOf = (table, { day, part }) =>
  [...table.querySelectorAll("input[type=checkbox]")].filter(({ value }) =>
    day ? value.startsWith(`${day}.`) : value.endsWith(`.${part}`),
  );

const tap = (table, head) => {
  const boxes = boxesOf(table, head.dataset);
  const isWanted = !boxes.every(({ checked }) => checked);
  for (const box of boxes) box.checked = isWanted;
  boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
};

/** Each head becomes a button, wherever a page came from. */
const readyWeek = () => {
  for (const table of document.querySelectorAll("[data-week]:not([data-ready])")) {
    table.dataset.ready = "";
    for (const head of table.querySelectorAll("[data-day], [data-part]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "line";
      button.textContent = head.textContent;
      button.title = table.dataset.all;
      button.addEventListener("click", () => tap(table, head));
      head.replaceChildren(button);
    }
  }
};
readyWeek();
addEventListener("everydose:shown", readyWeek);

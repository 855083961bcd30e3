import type { Centre } from "../../../schema/region.ts";
import type { Work } from "../../../schema/work.ts";
import { described, Select, TextField, Tick, Told } from "../frame/field.tsx";
import { type Notice, Said } from "../frame/said.tsx";
import type { ListDesk } from "./desk.ts";
import { ListPage } from "./frame.tsx";
import { Works } from "./work-page.tsx";

/** What was typed, and what is wrong with it. */
export type Typed = { format?: string; reason?: string; words?: string; numbers?: boolean };
export type ListFaults = { file?: string; words?: string };
type Given = {
  desk: ListDesk;
  centre: Centre;
  items: Work[];
  notice?: Notice;
  typed?: Typed;
  faults?: ListFaults;
};

const BringIn = ({ desk, centre, faults = {} }: Given) => {
  const { words, to } = desk;
  const model = (format: string) => to(`/staff/centres/${centre.id}/list/model`, { format });
  return (
    <section class="card" aria-labelledby="in">
      <h2 id="in">{words.list.in}</h2>
      <p>{words.list.inWhy}</p>
      <form
        method="post"
        action={to(`/staff/centres/${centre.id}/list`)}
        enctype="multipart/form-data"
        data-drop
      >
        <div class="field drop">
          <label for="file">
            <span class="drop-says">{words.list.drop}</span>
          </label>
          <input
            id="file"
            name="file"
            type="file"
            required
            accept=".xlsx,.csv,.txt,text/csv"
            {...described("file", { fault: faults.file })}
          />
          <Told id="file" fault={faults.file} />
        </div>
        <button type="submit">{words.list.send}</button>
      </form>
      <p class="model quiet">
        {words.list.model} <a href={model("xlsx")}>XLSX</a> <a href={model("csv")}>CSV</a>
      </p>
    </section>
  );
};

const Numbers = ({ desk: { words }, typed = {}, faults = {} }: Given) => (
  <details open={typed.numbers}>
    <summary>{words.list.numbers}</summary>
    <p class="quiet">{words.list.numbersWhy}</p>
    <Tick name="numbers" value="yes" checked={typed.numbers}>
      {words.list.numbers}
    </Tick>
    <Select
      name="reason"
      label={words.list.reason}
      options={Object.entries<string>(words.list.reasons)}
      chosen={typed.reason}
    />
    <TextField
      name="words"
      label={words.list.words}
      {...(faults.words ? { fault: faults.words } : { hint: words.list.wordsHint })}
      maxlength={300}
      autocomplete="off"
      value={typed.words}
    />
  </details>
);

const TakeAlong = (given: Given) => {
  const { desk, centre, typed = {} } = given;
  const { words, to } = desk;
  return (
    <section class="card" aria-labelledby="out">
      <h2 id="out">{words.list.out}</h2>
      <p>{words.list.outWhy}</p>
      <form method="post" action={to(`/staff/centres/${centre.id}/list/export`)}>
        <fieldset class="formats">
          <legend>{words.list.format}</legend>
          {(["xlsx", "csv"] as const).map((format) => (
            <label>
              <input
                type="radio"
                name="format"
                value={format}
                checked={(typed.format ?? "xlsx") === format}
              />
              {words.list[format]}
            </label>
          ))}
        </fieldset>
        <Numbers {...given} />
        <button type="submit" class="other">
          {words.list.write}
        </button>
      </form>
    </section>
  );
};

/** A centre's own list: in, out, and what was done with it. */
export const CentreList = (given: Given) => {
  const { desk, centre, items, notice } = given;
  const { words, say } = desk;
  const title = say(words.list.title, { centre: centre.name });
  return (
    <ListPage desk={desk} title={title} at="list" centre={centre.id} scripts={["follow.js", "drop.js"]}>
      <h1>{title}</h1>
      <Said notice={notice} />
      <div class="ways">
        <BringIn {...given} />
        <TakeAlong {...given} />
      </div>
      <section aria-labelledby="recent">
        <h2 id="recent">{words.list.recent}</h2>
        {items.length === 0 ? <p class="quiet">{words.list.none}</p> : <Works desk={desk} items={items} />}
      </section>
    </ListPage>
  );
};

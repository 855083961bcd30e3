import type { Region } from "../../../schema/region.ts";
import { type Option, Select, TextField } from "../frame/field.tsx";
import { type Desk, nameOf } from "./desk.ts";

export type Asked = {
  region: string;
  from: string;
  until: string;
  event: string;
  actor: string;
  subject: string;
};

export type Search = {
  desk: Desk;
  asked: Asked;
  regions: Region[];
  seesNone: boolean;
  faults: ReadonlySet<string>;
};

export const SearchForm = ({ desk, asked, regions, seesNone, faults }: Search) => {
  const { audit } = desk.words;
  const text = (name: "from" | "until" | "subject", type: string) => (
    <TextField
      id={`a-${name}`}
      name={name}
      label={audit.fields[name]}
      fault={faults.has(name) ? audit.faults[name] : undefined}
      type={type}
      value={asked[name]}
      autocomplete="off"
    />
  );
  const select = (name: "region" | "event" | "actor", options: Option[]) => (
    <Select id={`a-${name}`} name={name} label={audit.fields[name]} options={options} chosen={asked[name]} />
  );
  const places: Option[] = [
    ...regions.map((region): Option => [region.id, nameOf(desk, region)]),
    ...(seesNone ? [["-", audit.noRegion] as const] : []),
  ];
  return (
    <form method="get" action="/agency/audit" class="search">
      {desk.query("lang") && <input type="hidden" name="lang" value={desk.language} />}
      <div class="fields">
        {select("region", places)}
        {text("from", "date")}
        {text("until", "date")}
        {select("event", [["", audit.any], ...Object.entries<string>(audit.kinds)])}
        {select("actor", [
          ["", audit.anybody],
          ...(["volunteer", "gateway", "platform", "key"] as const).map(
            (kind): Option => [kind, audit.actors[kind]],
          ),
        ])}
        {text("subject", "text")}
      </div>
      <div class="choice short">
        <button type="submit" class="yes">
          {audit.search}
        </button>
      </div>
    </form>
  );
};

import { IssuedWebhook, type NewWebhook } from "../../schema/webhook.ts";
import type { Asked } from "./requests.ts";
import type { Scene } from "./scene.ts";

/** A webhook that Wallonia's agency ordered, which is there again whoever has removed it. */
export const aWebhook = async (scene: Scene, json: NewWebhook): Promise<Asked & { path: { id: string } }> => {
  const { id } = await scene.read(IssuedWebhook, "POST", "/v1/webhooks", { as: "agency", json });
  const { sql } = scene.database;
  await sql`create table webhooks_there as select * from webhooks where id = ${id}`;
  return {
    path: { id },
    before: () => sql`insert into webhooks select * from webhooks_there on conflict do nothing`,
  };
};

import assert from "node:assert/strict";
import type { RegisterQuestion } from "../../../schema/adapter.ts";
import { guest, person } from "../people.ts";
import { promises } from "../promises.ts";
import type { Scene } from "../scene.ts";

/** The nth person as somebody who declares what the register knows. */
export const declared = (scene: Scene, index = 1): RegisterQuestion => {
  const { nationalNumber, givenName, familyName, birthDate, postcode } = guest(index, scene.centres[0]);
  return { nationalNumber, givenName, familyName, birthDate, postcode };
};

export const register = promises("register", {
  "says of what is so that it is": async ({ check }, scene) => {
    scene.bench.addPeople([person(1, scene.centres[0]), person(2, scene.centres[0])]);
    assert.deepEqual(await check(declared(scene)), { birthDate: "so", postcode: "so" });
  },

  "says of what is otherwise that it is, and not what it is instead": async ({ check }, scene) => {
    scene.bench.addPeople([person(1, scene.centres[0])]);
    const findings = await check({ ...declared(scene), postcode: "9000" });
    assert.deepEqual(findings, { birthDate: "so", postcode: "otherwise" });
    const { birthDate } = await check({ ...declared(scene), birthDate: "1999-01-01" });
    assert.equal(birthDate, "otherwise");
  },

  "knows nothing of what was not declared": async ({ check }, scene) => {
    scene.bench.addPeople([person(1, scene.centres[0])]);
    const { postcode, ...rest } = declared(scene);
    assert.ok(postcode);
    assert.deepEqual(await check(rest), { birthDate: "so", postcode: "unknown" });
  },

  "knows nothing of somebody who is not found": async ({ check }, scene) => {
    scene.bench.addPeople([person(1, scene.centres[0])]);
    assert.deepEqual(await check(declared(scene, 2)), { birthDate: "unknown", postcode: "unknown" });
  },

  "answers the same again, and writes nothing": async ({ check }, scene) => {
    scene.bench.addPeople([person(1, scene.centres[0])]);
    const before = scene.bench.people();
    assert.deepEqual(await check(declared(scene)), await check(declared(scene)));
    await check(declared(scene, 2));
    assert.deepEqual(scene.bench.people(), before);
  },
});

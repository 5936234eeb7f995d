import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { levelSchema } from "../../shared/level/jsonSchema.ts";
import { ROOT } from "../importsOf.ts";
import { levelFiles } from "./campaign.ts";

test("the schema beside the levels is the one that reads them", () => {
  const kept: unknown = JSON.parse(readFileSync(join(ROOT, "levels/level.schema.json"), "utf8"));
  expect(kept).toEqual(levelSchema());
});

test.each(levelFiles())("$name tells editors where its schema is", ({ text }) => {
  expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=level.schema.json");
});

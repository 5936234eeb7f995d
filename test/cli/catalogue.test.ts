import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogueText } from "../../server/cli/catalogue/catalogueText.ts";
import { departuresIn, departuresOf } from "../../server/cli/catalogue/departures.ts";
import { sections } from "../../server/cli/catalogue/sections.ts";
import { ROOT } from "../importsOf.ts";

describe("the catalogue", () => {
  test("beside the code is the one that the registries print", () => {
    expect(readFileSync(join(ROOT, "docs/catalogue.md"), "utf8")).toBe(catalogueText());
  });

  test("says of every entry what it is, in a sentence", () => {
    for (const { entries } of sections()) {
      expect(Object.keys(entries).length).toBeGreaterThan(2);
      for (const [name, { about }] of Object.entries(entries)) expect(about, name).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("takes over where the code says that it departs from the real thing", () => {
    const comment = "/**\n * A queue.\n * Simplified: it never\n *  fills up. Ever.\n * Source: none.\n */";
    expect(departuresIn(`${comment}\n// Simplified: not this\n/** Differs: slower. */`)).toEqual([
      "it never fills up. Ever.",
      "slower.",
    ]);
    expect(departuresOf("shared/components/registry.ts", "nothing")).toEqual([]);
    expect(departuresOf("shared/protocols/registry.ts", "raft").length).toBeGreaterThan(1);
  });
});

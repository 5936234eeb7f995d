import { z } from "zod";
import { LevelFile } from "./schema.ts";

/** The level file's schema as JSON Schema: what a person writes, before durations and shares are read. */
export function levelSchema(): object {
  return { title: "Split Brain level", ...z.toJSONSchema(LevelFile, { io: "input", target: "draft-7" }) };
}

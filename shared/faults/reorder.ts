import { z } from "zod";
import { Name, Duration, Percent } from "../core/units.ts";
import type { Fault } from "./fault.ts";
import { afflictLink, relieveLink } from "./link.ts";

const ReorderConfig = z.strictObject({
  kind: z.literal("reorder"),
  between: z.tuple([Name, Name]).describe("the two zones"),
  share: Percent.describe("share of messages that are held back, both ways"),
  by: Duration.default(200).describe("how long at most"),
});

/** A link on which messages overtake each other. On ordered connections the later ones wait for the one held back. */
export const reorder: Fault<typeof ReorderConfig> = {
  kind: "reorder",
  about: "A link holds some messages back, so that later ones overtake them.",
  source: "Bennett, Partridge & Shectman 1999, Packet reordering is not pathological network behavior.",
  config: ReorderConfig,
  names: ({ between }) => ({ zones: between }),
  describe: ({ between }) => `messages out of order on ${between.join("–")}`,
  telegraph(stage, params) {
    const { between, share, by } = params;
    afflictLink(stage, between, { reorder: share / 2, reorderMs: by / 4, trouble: reorder.describe(params) });
  },
  begin(stage, params) {
    const { between, share, by } = params;
    afflictLink(stage, between, { reorder: share, reorderMs: by, trouble: reorder.describe(params) });
  },
  end: (stage, { between }) => relieveLink(stage, between),
};

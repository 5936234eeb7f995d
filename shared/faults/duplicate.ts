import { z } from "zod";
import { Name, Percent } from "../core/units.ts";
import type { Fault } from "./fault.ts";
import { afflictLink, relieveLink } from "./link.ts";

const DuplicateConfig = z.strictObject({
  kind: z.literal("duplicate"),
  between: z.tuple([Name, Name]).describe("the two zones"),
  share: Percent.describe("share of messages that arrive twice, both ways"),
});

/** A link that delivers some messages twice. Whoever can't tell the second from the first does its work twice. */
export const duplicate: Fault<typeof DuplicateConfig> = {
  kind: "duplicate",
  about: "A link delivers a share of its messages twice, the second some time after the first.",
  source:
    "Lampson 1983, Hints for computer system design, section 2.4 (end-to-end: the network may lose, repeat and reorder).",
  simplified: ["Replicas that talk over ordered connections are spared, because TCP drops what comes twice."],
  config: DuplicateConfig,
  names: ({ between }) => ({ zones: between }),
  describe: ({ between }) => `messages twice on ${between.join("–")}`,
  telegraph(stage, params) {
    afflictLink(stage, params.between, { duplicate: params.share / 4, trouble: duplicate.describe(params) });
  },
  begin(stage, params) {
    afflictLink(stage, params.between, { duplicate: params.share, trouble: duplicate.describe(params) });
  },
  end: (stage, { between }) => relieveLink(stage, between),
};

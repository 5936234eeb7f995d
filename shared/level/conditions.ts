import { z } from "zod";
import { Duration, Name, Percent } from "../core/units.ts";

const held = { for: Duration.default(0).describe("how long it must have been so without a break") };

/**
 * What a policy's rule waits for, in words of the view: a bot sees no more than a person in its seat.
 * Each condition has exactly one subject beside `for`.
 */
export const Condition = z.union([
  z.strictObject({ at: Duration.describe("the match's clock") }),
  z.strictObject({ unreachable: Name.describe("a node that monitoring does not see"), ...held }),
  z.strictObject({ reachable: Name.describe("a node that was unreachable and is seen again"), ...held }),
  z.strictObject({ slow: Name.describe("a node that reports a throttled CPU"), ...held }),
  z.strictObject({ fenced: Name, ...held }),
  z.strictObject({ unfenced: Name.describe("a node that was fenced and no longer is"), ...held }),
  z.strictObject({ up: Name.describe("a node that was off, crashed or restarting and is up"), ...held }),
  z.strictObject({ leads: Name.describe("a node whose replica is leader or primary"), ...held }),
  z.strictObject({ partition: z.boolean().describe("true: there is one; false: it is over"), ...held }),
  z.strictObject({ busy: Name, above: Percent.describe("share of its CPU workers"), ...held }),
  z.strictObject({ slowAnswers: Name.describe("a component"), above: Duration.describe("its p99"), ...held }),
  z.strictObject({ errors: Name.describe("a component"), above: Percent.describe("share of its requests"), ...held }),
  z.strictObject({
    gauge: z.string().describe("name of a figure that a component tells monitoring"),
    of: Name.describe("the component"),
    above: z.number(),
    ...held,
  }),
  z.strictObject({ paged: z.string().min(1).describe("words of an alert that stands in the pager"), ...held }),
  z.strictObject({ dialAt: Name.describe("a store"), stop: z.string(), ...held }),
]);
export type Condition = z.infer<typeof Condition>;

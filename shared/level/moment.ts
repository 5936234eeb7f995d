import { z } from "zod";
import { Duration } from "../core/units.ts";

/** A time, or a span out of which the seed draws one: "2s", "75s..95s". */
export const Moment = z
  .string()
  .regex(
    /^\d+(\.\d+)?(ms|s|m)(\.\.\d+(\.\d+)?(ms|s|m))?$/,
    'expected a duration such as "2s", or a span such as "75s..95s"',
  )
  .transform((text) => {
    const [from, until] = text.split("..").map((part) => Duration.parse(part));
    return { fromMs: from!, untilMs: until ?? from! };
  });

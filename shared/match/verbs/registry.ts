import type { VerbName } from "../intent.ts";
import { callPolicy } from "./callPolicy.ts";
import { claim } from "./claim.ts";
import { dial } from "./dial.ts";
import { drain } from "./drain.ts";
import { fence } from "./fence.ts";
import { handOver } from "./handOver.ts";
import { instrument } from "./instrument.ts";
import { member } from "./member.ts";
import { rebuild, repair, replay, rollback } from "./orders.ts";
import { ping } from "./ping.ts";
import { policy } from "./policy.ts";
import { power } from "./power.ts";
import { promote } from "./promote.ts";
import { quorum } from "./quorum.ts";
import { repairLink } from "./repairLink.ts";
import { reshard } from "./reshard.ts";
import { resize } from "./resize.ts";
import { restart } from "./restart.ts";
import { route } from "./route.ts";
import { scale } from "./scale.ts";
import { set } from "./set.ts";
import { shed } from "./shed.ts";
import { split } from "./split.ts";
import { stepDown } from "./stepDown.ts";
import { take } from "./take.ts";
import type { Verb } from "./verb.ts";
import { vote } from "./vote.ts";
import { weight } from "./weight.ts";

/** Everything that an operator can do. */
export const verbs: { readonly [Name in VerbName]: Verb<Name> } = {
  dial,
  quorum,
  route,
  policy,
  weight,
  drain,
  promote,
  fence,
  restart,
  power,
  resize,
  repairLink,
  callPolicy,
  shed,
  set,
  scale,
  stepDown,
  member,
  reshard,
  split,
  repair,
  rollback,
  replay,
  rebuild,
  instrument,
  handOver,
  vote,
  claim,
  ping,
  take,
};

/** The verb of a name, for an intent whose own type is known to fit it. */
export function verbOf(name: VerbName): Verb<VerbName> {
  return verbs[name] as Verb<VerbName>;
}

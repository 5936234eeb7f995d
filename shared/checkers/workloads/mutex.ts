import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import type { CheckerOptions } from "../checker.ts";
import type { Model } from "../model.ts";
import { searchVerdict } from "../searchVerdict.ts";
import { askedOf, type Workload } from "./workload.ts";

/** A lock that one at a time may hold. As in Knossos, who releases it need not be who acquired it. */
export const mutex = {
  model: "mutex",
  alsoCalled: ["knossos-mutex"],
  about: "Acquires and releases of one lock, which starts free.",
  source: "Knossos's mutex; Herlihy & Wing 1990.",
  guarantees: ["linearizable"],
  fits: ({ f }: JepsenEvent) => f === "acquire" || f === "release",
  judge: (pairs: readonly JepsenPair[], _guarantee: string, options: CheckerOptions) =>
    searchVerdict(lock, pairs.map(lockOperation), options),
  accepted: `
    {:process 0, :type :invoke, :f :acquire}
    {:process 1, :type :invoke, :f :acquire}
    {:process 0, :type :ok, :f :acquire}
    {:process 0, :type :invoke, :f :release}
    {:process 1, :type :ok, :f :acquire}
    {:process 0, :type :ok, :f :release}`,
  rejected: `
    {:process 0, :type :invoke, :f :acquire}
    {:process 0, :type :ok, :f :acquire}
    {:process 1, :type :invoke, :f :acquire}
    {:process 1, :type :ok, :f :acquire}`,
} satisfies Workload;

type LockOperation = ReturnType<typeof lockOperation>;

function lockOperation(pair: JepsenPair, id: number) {
  return { ...askedOf(pair, id), key: 0, acquires: pair.f === "acquire" };
}

/** True while the lock is held. */
const lock: Model<boolean, LockOperation> = {
  initial: false,
  step: (held, { acquires }) => (held === acquires ? undefined : acquires),
  isRead: () => false,
  effect: ({ acquires }) => String(acquires),
  isUnseen: () => false,
  told: ({ session, acquires }) => `Client ${session} ${acquires ? "acquired" : "released"} the lock`,
};

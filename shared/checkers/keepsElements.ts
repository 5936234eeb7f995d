import type { OperationKind } from "../core/operations.ts";
import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { cartHistory } from "./cartHistory.ts";
import type { Blame, AnomalyName, Checker } from "./checker.ts";
import { foundText } from "./elementCheck.ts";
import { missedOrder } from "./missedOrder.ts";
import { perKey, type KeyCheck } from "./perKey.ts";
import { witnessOf } from "./writtenValue.ts";

/** What clients ask of a set that may shrink. */
const SET_KINDS: readonly OperationKind[] = ["add", "remove", "read"];

/** An element of a set: who put it in, and who took it out. */
interface Element {
  readonly add: Operation;
  addedAtUs: Us;
  refused: boolean;
  /** Removals that were asked for and not refused. */
  readonly removals: Map<number, Operation>;
  /** The first removal that was acknowledged, and when. */
  removal: Operation | undefined;
}

/**
 * A set may be behind, but not for longer than `boundMs`: whatever was put in longer ago is there unless somebody took
 * it out, and whatever was taken out longer ago is gone.
 */
export const keepsElements = {
  guarantee: "keepsElements",
  promise: "A set keeps what was put in until somebody takes it out, and does not bring it back: both within the bound.",
  source: "DeCandia et al. 2007, Dynamo, section 4.4 (carts in which removed items come back); Jepsen's set test.",
  kinds: SET_KINDS,
  begin: ({ boundMs = 0 }) => perKey(() => setCheck(usOf(boundMs))),
  accepted: cartHistory("a adds 1 at 0..10", "b adds 2 at 5..20", "c finds 1 2 at 30..40", "c removes 1 at 50..60", "c finds 2 at 70..80"),
  rejected: cartHistory("a adds 1 at 0..10", "b finds nothing at 9000..9010"),
} satisfies Checker;

function setCheck(boundUs: Us): KeyCheck {
  const elements = new Map<number, Element>();
  const observe = (read: Operation): Blame | undefined => {
    const found = new Set(read.results ?? []);
    const dueUs = read.invokedAtUs - boundUs;
    for (const value of found) {
      const element = elements.get(value);
      if (element === undefined || element.refused) return blame(read, "unexpectedElement", `nobody put ${value} in`, element?.add);
      if ((element.removal?.completedAtUs ?? Infinity) < dueUs) {
        const blamed = blame(read, "unexpectedElement", `${value} had been taken out`, element.add, element.removal);
        return { ...blamed, order: missedOrder(element.removal!.id, read.id) };
      }
    }
    for (const [value, { add, addedAtUs, removals }] of elements) {
      if (addedAtUs < dueUs && removals.size === 0 && !found.has(value)) {
        const blamed = blame(read, "lostElement", `${value} had been put in and nobody took it out`, add);
        return { ...blamed, order: missedOrder(add.id, read.id) };
      }
    }
    return undefined;
  };
  return {
    invoked(operation) {
      const { kind, argument, id } = operation;
      if (kind === "add") {
        elements.set(argument!, { add: operation, addedAtUs: Infinity, refused: false, removals: new Map(), removal: undefined });
      }
      if (kind === "remove") elements.get(argument!)?.removals.set(id, operation);
    },
    completed(operation) {
      const { kind, outcome, argument, id, completedAtUs } = operation;
      if (outcome === "unknown") return undefined;
      if (kind === "read") return outcome === "ok" ? observe(operation) : undefined;
      const element = elements.get(argument!);
      if (element === undefined) return undefined;
      if (kind === "add" && outcome === "ok") element.addedAtUs = completedAtUs;
      if (kind === "add" && outcome === "fail") element.refused = true;
      if (kind === "remove" && outcome === "ok") element.removal ??= operation;
      if (kind === "remove" && outcome === "fail") element.removals.delete(id);
      return undefined;
    },
    atTheEnd: () => [],
    doubt: undefined,
  };
}

function blame(read: Operation, name: AnomalyName, why: string, ...proof: readonly (Operation | undefined)[]): Blame {
  const witness = witnessOf(...proof.flatMap((operation) => (operation === undefined ? [] : [operation.id])), read.id);
  return { name, operation: read.id, witness, sentence: `${foundText(read)}, but ${why}.` };
}

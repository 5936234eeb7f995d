import type { Operation } from "../../history/operation.ts";
import type { Blame } from "../checker.ts";
import { open, type KeyCheck } from "../perKey.ts";
import { registerCheck, type ValuesOfKey } from "../registerCheck.ts";
import { toldText } from "../telling.ts";
import { witnessOf } from "../writtenValue.ts";
import { proofOf, type Proven } from "./proof.ts";
import type { ViewModel } from "./viewModel.ts";
import { Views, type Broken } from "./views.ts";
import { ViewWrite } from "./viewWrite.ts";

/**
 * The registers of one component, judged by the views of all its clients; every value of a key is its own. Guarantees of
 * this kind are about all keys together: the keys share their views.
 */
export class ViewRun {
  readonly #views: Views;
  readonly #keys = new Map<number, KeyCheck>();
  readonly #values = new Map<number, ValuesOfKey<ViewWrite>>();
  /** What was asked, and what of it was answered and accepted, by id. */
  readonly #known: Operation[] = [];

  constructor(model: ViewModel) {
    this.#views = new Views(model);
  }

  invoked(operation: Operation): void {
    if (operation.kind !== "read") this.#known[operation.id] = open(operation);
    this.#of(operation.key).invoked(operation);
  }

  /** Why an answer is wrong, if it is, with operations that prove it: not yet the fewest. */
  completed(operation: Operation): Blame | undefined {
    return this.#of(operation.key).completed(operation);
  }

  /** An operation as it was before its answer, or with its answer once that was accepted. */
  known(id: number): Operation {
    return this.#known[id]!;
  }

  /** Why some key can't be judged; undefined while all can. */
  get doubt(): string | undefined {
    for (const { doubt } of this.#keys.values()) if (doubt !== undefined) return doubt;
    return undefined;
  }

  #of(key: number): KeyCheck {
    let check = this.#keys.get(key);
    if (check === undefined) this.#keys.set(key, (check = this.#begin(key)));
    return check;
  }

  #begin(key: number): KeyCheck {
    const values: ValuesOfKey<ViewWrite> = new Map([[null, new ViewWrite(key)]]);
    this.#values.set(key, values);
    return registerCheck(key, values, (write) => new ViewWrite(key, write), {
      observed: (operation, seen) => {
        const named = operation.kind === "cas" ? values.get(operation.argument) : undefined;
        return this.#observed(operation, seen, named?.write === operation.id ? named : undefined);
      },
      acknowledged: (operation, own) => {
        this.#known[operation.id] = operation;
        this.#views.wrote(operation, own);
      },
      blamedCas: (own) => {
        this.#known[own.write] = { ...this.#known[own.write]!, kind: "write", expected: null };
        this.#views.blamed(own);
      },
    });
  }

  /** Id of the write whose value a cas found: without it the cas says no more than a write. −1 where there is none. */
  #originOf(id: number): number {
    const known = this.#known[id];
    return known?.kind === "cas" ? (this.#values.get(known.key)!.get(known.expected)?.write ?? -1) : -1;
  }

  #observed(operation: Operation, seen: ViewWrite, own: ViewWrite | undefined): Blame | undefined {
    if (own === seen) return outOfItself(operation);
    const broken = own === undefined ? this.#views.read(operation, seen) : this.#views.swapped(operation, seen, own);
    if (broken === undefined) {
      this.#known[operation.id] = operation;
      return undefined;
    }
    const proven = proofOf(broken);
    this.#views.takeBack();
    const sentence = `${toldText(operation)}, ${whyNot(operation, seen, broken, proven)}`;
    const origins = [...proven.ids].map((id) => this.#originOf(id));
    const witness = witnessOf(...proven.ids, ...origins, seen.write, operation.id);
    return { name: "inconsistentView", operation: operation.id, witness, sentence };
  }
}

/** A cas that found what it was about to write. */
function outOfItself(operation: Operation): Blame {
  const sentence = `${toldText(operation)}, but it was that very change which was to bring ${operation.expected} there.`;
  return { name: "phantomRead", operation: operation.id, witness: [operation.id], sentence };
}

function whyNot(operation: Operation, seen: ViewWrite, { ranking, later, view }: Broken, { newer }: Proven): string {
  if (view.session !== operation.session) return `which does not fit what client ${view.session} had seen before.`;
  const isDirect = ranking?.by === operation.id && later === seen && newer.key === seen.key;
  if (!isDirect) return "which fits into no order of the writes together with what the same client did before.";
  const whose = newer.session === operation.session ? "it had itself written" : `it could know that client ${newer.session} wrote`;
  return `although ${whose} ${newer.value}, which comes after that.`;
}

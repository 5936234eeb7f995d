import { isEdnMap, type EdnMap, type EdnValue } from "../../history/edn.ts";
import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import type { Anomaly, AnomalyName, Verdict } from "../checker.ts";
import type { Workload } from "./workload.ts";

/**
 * Money moves between accounts, and every read of all accounts shows the same accounts and the same total as the first,
 * none of them overdrawn (unless the guarantee is `conserved`, which allows debts).
 */
export const bank = {
  model: "bank",
  alsoCalled: ["jepsen-bank"],
  about: "Transfers between accounts, and reads of all of them.",
  source: "Jepsen's bank test.",
  guarantees: ["bank", "conserved"],
  fits: fitsBank,
  judge: judgeBank,
  accepted: `
    {:process 0, :type :invoke, :f :read}
    {:process 0, :type :ok, :f :read, :value {0 10, 1 0}}
    {:process 1, :type :invoke, :f :transfer, :value {:from 0, :to 1, :amount 4}}
    {:process 0, :type :invoke, :f :read}
    {:process 0, :type :ok, :f :read, :value {0 6, 1 4}}`,
  rejected: `
    {:process 0, :type :invoke, :f :read}
    {:process 0, :type :ok, :f :read, :value {0 10, 1 0}}
    {:process 1, :type :invoke, :f :transfer, :value {:from 0, :to 1, :amount 4}}
    {:process 0, :type :invoke, :f :read}
    {:process 0, :type :ok, :f :read, :value {0 6, 1 0}}`,
} satisfies Workload;

function fitsBank({ type, f, value }: JepsenEvent): boolean {
  if (f === "transfer") return type !== "invoke" || isEdnMap(value);
  if (f !== "read" || type !== "ok") return f === "read";
  return (
    isEdnMap(value) &&
    balancesOf(value).every(([, balance]) => balance === null || typeof balance === "number")
  );
}

/** Accounts by name with what is on them; null where nothing was found. */
function balancesOf(value: unknown): Balance[] {
  const nameOf = (account: EdnValue) => (typeof account === "string" ? account : JSON.stringify(account));
  return [...(value as EdnMap).fields].map(([account, balance]) => [nameOf(account), balance as Balance[1]]);
}

type Balance = readonly [account: string, balance: number | null];

function judgeBank(pairs: readonly JepsenPair[], guarantee: string): Verdict {
  const first = pairs.findIndex(({ f, outcome }) => f === "read" && outcome === "ok");
  if (first < 0) return { outcome: "unknown", reason: "The accounts were never read." };
  const opening = balancesOf(pairs[first]!.told);
  const accounts = new Set(opening.map(([account]) => account));
  const total = totalOf(opening);
  const anomalies = pairs.flatMap((pair, id): Anomaly[] => {
    if (pair.f !== "read" || pair.outcome !== "ok") return [];
    const wrong = complaint(balancesOf(pair.told), accounts, total, guarantee === "conserved");
    if (wrong === undefined) return [];
    const witness = id === first ? [id] : [first, id];
    return [{ name: wrong.name, operation: id, witness, sentence: `Client ${pair.process} found ${wrong.found}.`, order: [] }];
  });
  return anomalies.length > 0 ? { outcome: "invalid", anomalies } : { outcome: "valid" };
}

function complaint(
  balances: readonly Balance[],
  accounts: ReadonlySet<string>,
  total: number,
  debtsAllowed: boolean,
): { readonly name: AnomalyName; readonly found: string } | undefined {
  const stranger = balances.find(([account]) => !accounts.has(account));
  if (stranger !== undefined)
    return { name: "unexpectedAccount", found: `an account ${stranger[0]} that there was not at first` };
  const empty = balances.find(([, balance]) => balance === null);
  if (empty !== undefined) return { name: "missingBalance", found: `nothing at all on account ${empty[0]}` };
  const sum = totalOf(balances);
  if (sum !== total)
    return { name: "wrongTotal", found: `${sum} on all accounts together, where there had been ${total}` };
  const debt = balances.find(([, balance]) => balance !== null && balance < 0);
  if (debt === undefined || debtsAllowed) return undefined;
  return { name: "negativeBalance", found: `account ${debt[0]} overdrawn, at ${debt[1]}` };
}

function totalOf(balances: readonly Balance[]): number {
  return balances.reduce((sum, [, balance]) => sum + (balance ?? 0), 0);
}

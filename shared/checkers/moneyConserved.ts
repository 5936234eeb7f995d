import type { Operation } from "../history/operation.ts";
import { ACCOUNT_KINDS, wrongTotal } from "./accountCheck.ts";
import type { Anomaly, Checker } from "./checker.ts";
import { accountHistory } from "./accountHistory.ts";

/** Money moves between accounts, and however it moves, all accounts together hold what they held at first. */
export const moneyConserved = {
  guarantee: "moneyConserved",
  promise: "Money moves, and none is made or lost: all balances together are always the same.",
  source: "Gray 1978, Notes on data base operating systems, section 5.1 (debit and credit); Jepsen's bank test.",
  kinds: ACCOUNT_KINDS,
  begin({ opening = 100 }) {
    const found: Anomaly[] = [];
    return {
      invoked() {},
      completed(operation: Operation) {
        const isAudit = operation.outcome === "ok" && operation.results !== null;
        const anomaly = isAudit ? wrongTotal(operation, operation.results, opening) : undefined;
        if (anomaly !== undefined) found.push(anomaly);
        return anomaly;
      },
      finish: () => (found.length > 0 ? { outcome: "invalid", anomalies: [...found] } : { outcome: "valid" }),
    };
  },
  accepted: accountHistory("a moves 40 from 0 to 1 at 0..10", "b finds 60 140 at 20..30", "b finds 160 40 at 40..50"),
  rejected: accountHistory("a moves 40 from 0 to 1 at 0..10", "b finds 60 100 at 5..8"),
} satisfies Checker;

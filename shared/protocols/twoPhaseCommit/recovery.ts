import type { TransactionId } from "./messages.ts";
import { arm, createCommitState, type CommitIo, type CommitState, type LogRecord } from "./state.ts";

/**
 * A site that comes back goes by its disk: what it had promised it is in doubt about, and locks again; what it had
 * decided it tells again until all have acknowledged. A coordinator has forgotten what it had not decided, and answers
 * that it was aborted. With its disk gone it knows nothing, and may break what it had promised: that is the danger.
 * Source: Mohan, Lindsay & Obermarck 1986, section 3.
 */
export function recover<Work>(before: CommitState<Work>, io: CommitIo<Work>, diskLost: boolean): CommitState<Work> {
  const state = createCommitState<Work>(before.config, before.life + 1);
  if (diskLost) return state;
  state.log.push(...before.log.slice(0, before.durable));
  state.durable = before.durable;
  for (const record of state.log) replay(state, io, record);
  for (const [transaction, { work }] of state.participated) io.restore(transaction, work);
  arm(state, io);
  return state;
}

function replay<Work>(state: CommitState<Work>, io: CommitIo<Work>, record: LogRecord<Work>): void {
  const { transaction } = record;
  switch (record.type) {
    case "prepared": {
      const { coordinator, participants, work, ballot } = record;
      const sinceUs = io.clockUs();
      state.participated.set(transaction, { coordinator, participants, work, ballot, phase: "inDoubt", sinceUs });
      break;
    }
    case "outcome":
      state.participated.delete(transaction);
      state.outcomes.set(transaction, record.commit);
      if (record.byHand) state.byHand.add(transaction);
      break;
    case "decision":
      state.coordinated.set(transaction, decidedBefore(record.participants, io.clockUs()));
      break;
    case "end":
      state.coordinated.delete(transaction);
  }
}

function decidedBefore<Work>(participants: readonly number[], sinceUs: number) {
  return {
    participants,
    works: new Map<number, Work>(),
    ballots: new Map(),
    acknowledged: new Set<number>(),
    phase: "committed" as const,
    sinceUs,
  };
}

/** Work that a log says was committed here, in its order: what the data is made from after a crash. */
export function committedWork<Work>(log: readonly LogRecord<Work>[]): Work[] {
  const promised = new Map<TransactionId, Work>();
  return log.flatMap((record) => {
    if (record.type === "prepared") promised.set(record.transaction, record.work);
    return record.type === "outcome" && record.commit ? [promised.get(record.transaction)!] : [];
  });
}

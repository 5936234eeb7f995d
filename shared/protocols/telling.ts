/** A write that somebody follows through the messages of replicas. */
export interface FollowedWrite {
  /** The operation of the history: what `journeyOf` gives for its idempotency keys. */
  readonly operation: number;
  readonly key: number;
}

/**
 * What the messages of a protocol say, for those who look from outside: diagrams, inspectors, the evidence of a debrief.
 * It has no part in the protocol's own work.
 */
export interface Telling<Message> {
  /** In a few words, in the paper's terms: "AppendEntries 17: write 40". */
  describe(message: Message): string;
  /** It brings this write over to whoever gets it. */
  carries(message: Message, write: FollowedWrite): boolean;
  /** Its sender says this because `question` came to it: that it has it, or what it knows. */
  answers(answer: Message, question: Message): boolean;
  /** It serves the one request that its sender was busy with; false for batches, which serve many. */
  isOfOneRequest(message: Message): boolean;
  /**
   * True where messages carry states that name no operation: then they carry a write only when their sender has it.
   * Left out by protocols whose messages name what they carry.
   */
  readonly carriesStates?: boolean;
}

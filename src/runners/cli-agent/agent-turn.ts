/** What came of letting an agent work on its prompt, however it was spoken to. */
export interface AgentTurn {
  /** Its last message. */
  readonly text: string;
  /** Left out: it reported nothing. */
  readonly usage: AgentUsage | null;
}

export interface AgentUsage {
  readonly model: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** In US dollars; 0: it did not say. */
  readonly dollars: number;
}

/** What is kept of its last message, in characters. */
export const maxText = 100_000;

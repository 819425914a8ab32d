/** What came of letting an agent work on its prompt, however it was spoken to. */
export interface AgentTurn {
  /** Its last message. */
  readonly text: string;
}

export interface AgentUsage {
  readonly model: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** In US dollars; 0: it did not say. */
  readonly dollars: number;
}

/** Told of what the agent used as soon as it says so: it may not get to the end of its turn. Each time all of it so far. */
export type OnUsage = (usage: AgentUsage) => void;

/** What is kept of its last message, in characters. */
export const maxText = 100_000;

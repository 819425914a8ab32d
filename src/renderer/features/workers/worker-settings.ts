/** What the settings say of workers, with the words by which each is found. */
import { CodingAgentsSetting } from './coding-agents.tsx';
import { strings } from './strings.ts';

export const workerEntries = [
  {
    id: 'coding-agents',
    section: 'company',
    title: strings.codingAgents,
    help: strings.codingAgentsMore,
    words: strings.codingAgentsWords,
    wide: true,
    Control: CodingAgentsSetting,
  },
] as const;

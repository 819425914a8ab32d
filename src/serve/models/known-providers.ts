/** The providers that need no setting but a key, and what a container finds theirs by. */
import type { ModelKind } from '../../contract/model-access.ts';

export interface KnownProvider {
  readonly kind: ModelKind;
  readonly baseUrl: string;
  /** The variable that holds its key, and the one that leads elsewhere. */
  readonly keyVariable: string;
  readonly urlVariable: string;
}

export const knownProviders: Readonly<Record<string, KnownProvider>> = {
  anthropic: {
    kind: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    keyVariable: 'ANTHROPIC_API_KEY',
    urlVariable: 'ANTHROPIC_BASE_URL',
  },
  openai: {
    kind: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    keyVariable: 'OPENAI_API_KEY',
    urlVariable: 'OPENAI_BASE_URL',
  },
};

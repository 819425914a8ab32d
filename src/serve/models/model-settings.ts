/** What a data directory knows of models, and how their addresses are written and their keys are found. */
import { join } from 'node:path';
import type { ModelSettings } from '../../contract/model-access.ts';
import { modelSettingsSchema } from '../../contract/model-access.ts';
import { CoordError } from '../../core/error.ts';
import { systemKeychain } from '../keychain.ts';
import type { PrivateDocument } from '../private-document.ts';
import { privateDocument } from '../private-document.ts';

export const modelSettings = (dataDir: string): PrivateDocument<ModelSettings> =>
  privateDocument(dataDir, join(dataDir, 'models.json'), modelSettingsSchema);

export const modelKeychain = systemKeychain(
  'give the host the key in its environment: ANTHROPIC_API_KEY or OPENAI_API_KEY',
);

/** A key is found by where it goes as well: no other address ever gets it. */
export function keyPurpose(provider: string, baseUrl: string): string {
  return `model key of ${provider} at ${baseUrl}`;
}

/** Without a slash at the end. @throws CoordError `BAD_INPUT` - no address, or one with a password in it */
export function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new CoordError(
      'BAD_INPUT',
      `The base URL “${text.slice(0, 200)}” was refused: write it as http://127.0.0.1:11434/v1 or https://host/v1`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new CoordError(
      'BAD_INPUT',
      'The base URL was refused: it may hold a host, a port and a path, and nothing else. A key belongs into the keychain: “agentcoord models set” asks for it',
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Whether what is sent there can be read by others on the way. */
export function isInTheClear(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  const isHere = ['localhost', '[::1]'].includes(hostname) || /^127(?:\.\d+){3}$/.test(hostname);
  return protocol === 'http:' && !isHere;
}

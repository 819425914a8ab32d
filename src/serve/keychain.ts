/** The keychain of the person who runs this: where a password lies that nobody else shall read. A machine may have none. */
import { createRequire } from 'node:module';
import { CoordError } from '../core/error.ts';

/** Passwords, each found by what it is for. */
export interface Keychain {
  /** Null: there is none for it. @throws CoordError `KEYCHAIN_UNAVAILABLE` */
  get(purpose: string): Promise<string | null>;
  /** @throws CoordError `KEYCHAIN_UNAVAILABLE` */
  set(purpose: string, password: string): Promise<void>;
  /** Does nothing when there is none. @throws CoordError `KEYCHAIN_UNAVAILABLE` */
  remove(purpose: string): Promise<void>;
}

/** What every entry of ours is found under. */
const service = 'agentcoord';

/**
 * Of the system: the Secret Service of a Linux desktop, the Keychain of macOS, the Credential Manager of Windows.
 * @param instead what to do where there is none, such as in a container
 */
export function systemKeychain(instead: string): Keychain {
  const withEntry = <Result>(purpose: string, use: (entry: Entry) => Promise<Result>) =>
    useEntry(purpose, instead, use);
  return {
    get: (purpose) => withEntry(purpose, (entry) => entry.getPassword()),
    set: (purpose, password) => withEntry(purpose, (entry) => entry.setPassword(password)),
    remove: async (purpose) => {
      await withEntry(purpose, (entry) => entry.deleteCredential());
    },
  };
}

interface Entry {
  getPassword(): Promise<string | null>;
  setPassword(password: string): Promise<void>;
  deleteCredential(): Promise<boolean>;
}

async function useEntry<Result>(
  purpose: string,
  instead: string,
  use: (entry: Entry) => Promise<Result>,
): Promise<Result> {
  try {
    // Loaded when it is needed: its addon is not there on every machine. Never the keyring of the kernel, which forgets.
    const { AsyncEntry } = createRequire(import.meta.url)(
      '@napi-rs/keyring',
    ) as typeof import('@napi-rs/keyring');
    return await use(new AsyncEntry(service, purpose, { linux: { store: 'secret-service' } }));
  } catch (error) {
    throw unavailable(error, instead);
  }
}

/** What an addon or a bus says is no help to people, and nobody knows what is in it: only what it comes to is told. */
function unavailable(error: unknown, instead: string): CoordError {
  return new CoordError(
    'KEYCHAIN_UNAVAILABLE',
    `The keychain of this machine can’t be used: ${troubleIn(error)}. Unlock it; or where there is none, as in a container, ${instead}`,
  );
}

function troubleIn(error: unknown): string {
  const { message = '', code = '' } = error as { message?: string; code?: string };
  if (code === 'MODULE_NOT_FOUND') return 'the program for it is not installed (@napi-rs/keyring)';
  if (/locked|dismissed/i.test(message)) return 'it is locked';
  return /d-?bus|secret service|no storage/i.test(message)
    ? 'there is none in this session (no Secret Service answers, such as GNOME Keyring or KWallet)'
    : 'the system refused';
}

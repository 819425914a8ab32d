/** Where a link of ours leads: `agentcoord://gate/gate_k2…` opens exactly that gate. Pure. */
export const linkScheme = 'agentcoord';

/** The screens by the kinds of things that they show. */
const screens: Readonly<Record<string, string>> = {
  gate: '/gates/',
  task: '/board/',
  epic: '/board/',
  thread: '/threads/',
  worker: '/workers/',
};

/** After the kind and a line: what ids are drawn of. */
const idTail = /^[a-z0-9]{4,60}$/;

/** Anybody can write a link: nothing of it but a kind that we know and a well-formed id gets any further. @returns null: it leads nowhere */
export function pathOfLink(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { protocol, host, pathname, search, hash, username, port } = new URL(link);
  if (protocol !== `${linkScheme}:` || search || hash || username || port) return null;
  const id = pathname.slice(1);
  const screen = Object.hasOwn(screens, host) ? screens[host] : undefined;
  if (screen === undefined || !id.startsWith(`${host}_`)) return null;
  return idTail.test(id.slice(host.length + 1)) ? `${screen}${id}` : null;
}

/** The link that a start of the program was given. @returns the path it leads to; null: there is none */
export function pathOfArguments(args: readonly string[]): string | null {
  const link = args.find((argument) => argument.startsWith(`${linkScheme}:`));
  return link === undefined ? null : pathOfLink(link);
}

/** In characters; no link of ours, and nothing else that starts the app, comes near it. */
const longestStart = 8_000;

/**
 * Chromium passes the words of a second start on to the first one in a message of some tens of kilobytes. A longer one gets
 * no answer, whereupon the second start takes the first for hung, kills it, and takes its place: it must not come so far.
 */
export function isTooLongToPassOn(args: readonly string[]): boolean {
  return args.reduce((sum, { length }) => sum + length, 0) > longestStart;
}

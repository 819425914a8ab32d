/** What Redis refuses, in words: why, where, and what to do. */
import { CoordError } from '../../core/error.ts';

/** Whether Redis answered and would answer the same again; else the line or the server is the trouble. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError' && !passing.test(error.message);
}

/** Redis has lost what the host knows. */
export function isForked(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('FORKED');
}

/** Another program goes by the name of the host. */
export function isTwin(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('TWIN');
}

/** It comes to itself: it is starting, another server takes its place, or our own script wants something put right first. */
const passing = /^(?:LOADING|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|BUSY|READONLY|FENCED|BEHIND|FORKED)\b/;

interface Reason {
  readonly when: RegExp;
  /** Why, and what to do. */
  readonly words: string;
}

const reasons: readonly Reason[] = [
  {
    when: /^(?:WRONGPASS|ERR invalid password|ERR Client sent AUTH)/,
    words:
      'it knows no such user, or the password is wrong. Check both, also that they are percent-encoded in the URL',
  },
  {
    when: /^NOAUTH/,
    words: 'it asks for a password. Put it into the URL: redis://user:password@host:6379',
  },
  {
    when: /^NOPERM|ACL failure in script|The user executing the script can't/,
    words: 'its user may not do what the log needs. Give it the commands and keys that SECURITY.md lists',
  },
  {
    when: /^WRONGTYPE/,
    words: 'something else is kept under a name of ours. Take it away, or use another database',
  },
  {
    when: /^READONLY/,
    words: 'it is a replica and takes no writes. Name the master, or its sentinels',
  },
  {
    when: /^OOM/,
    words: 'its memory is full. Give it more (maxmemory), or free some; nothing is lost',
  },
  {
    when: /^MISCONF/,
    words: 'it can’t save its own data and takes no writes. Check its disk',
  },
  {
    when: /^LEFT\b/,
    words:
      'the company was moved away from there to one host alone, and only that host takes commands now. ' +
      '“agentcoord companies” says which one; to work on it from here, move it back there with “agentcoord move --to redis”',
  },
  {
    when: /^(?:FORKED|BEHIND)/,
    words: 'it has lost what it had taken, and is being given it back. It will be there in a moment',
  },
  {
    when: /^FENCED/,
    words: 'another program goes on in place of this host. Stop one of them',
  },
  {
    when: /^TWIN/,
    words:
      'another program works there under the name of this host: it was started from a copy of this disk, or this one was. ' +
      'Only one of them may go on. Stop one, or, on the machine that is to be a host of its own, stop it, remove host-id.json ' +
      'from its data directory and start it again',
  },
  { when: /^LOADING/, words: 'it is still reading its data. It will be there in a moment' },
  { when: /^CLUSTERDOWN/, words: 'its cluster is not whole. Check its nodes' },
  {
    when: /ID specified in XADD/,
    words: 'something that is no AgentCoord wrote into the log of this company. Take that entry out (XDEL)',
  },
  { when: /timed out|ETIMEDOUT/, words: 'it does not answer. Is it running, and is the way there open?' },
  { when: /ENOTFOUND|EAI_AGAIN/, words: 'there is no such host. Check the URL' },
  { when: /ECONNREFUSED/, words: 'nothing listens there. Is it running?' },
  {
    when: /certificate|self-signed|SSL|TLS|EPROTO|wrong version number/i,
    words:
      'the line could not be encrypted. Check the certificate, and whether it must be rediss:// or redis://',
  },
  {
    when: /ECONNRESET|EPIPE|Connection is closed/,
    words: 'it hung up. Check whether it must be rediss:// or redis://',
  },
  { when: /sentinel/i, words: 'no sentinel knows a master of that name. Check the URL' },
];

/** @param place where it is, without a password */
export function redisFailure(place: string, error: unknown): CoordError {
  if (error instanceof CoordError) return error;
  const message = messageOf(error);
  const words =
    reasons.find(({ when }) => when.test(message))?.words ?? `${withoutSecrets(message)}. Check the server`;
  // No cause: the client's errors carry the command with its arguments, which may be a password or somebody's work.
  return new CoordError('LOG_UNAVAILABLE', `Redis at ${place} can’t be used: ${words}`, { place });
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of several tries, the last one.
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) return error.lastNodeError.message;
  return error.message || String('code' in error ? error.code : error.name);
}

/** What a server answers may repeat what it was sent. */
function withoutSecrets(message: string): string {
  return message.replace(/, with args beginning with:.*$/s, '').slice(0, 200);
}

/** Makes of notices what a channel can carry: what it has no means for is said in words. */
import type { OutboxEdit, OutboxRow } from '../../contract/channels.ts';
import type { Capability } from '../../contract/plugin/manifest.ts';
import type { Action, MessageRef, OutboundMessage, Person } from '../../contract/plugin/messages.ts';
import type { Notice } from '../../core/channel/notice.ts';
import type { CompanyId } from '../../core/ids.ts';

export interface Carried {
  readonly companyId: CompanyId;
  readonly channel: string;
  readonly capabilities: readonly Capability[];
  /** Where the app is; null: nobody serves it. */
  readonly url: string | null;
  /** What the notice answers; null: nothing that was sent there. */
  readonly thread: MessageRef | null;
  readonly actions: readonly Action[];
  readonly to: Person | null;
}

const longestText = 38_000;

export function composeMessage({ seq, at, notice }: OutboxRow, carried: Carried): OutboundMessage {
  const { companyId, channel, url, capabilities } = carried;
  const can = (capability: Capability) => capabilities.includes(capability);
  const link = url === null ? null : `${url}${notice.path}`;
  return {
    key: `${companyId}:${seq}:${channel}`,
    text: textOf(notice, carried, link),
    title: notice.title.slice(0, 300),
    priority: notice.priority,
    type: notice.kind,
    category: notice.category,
    author: notice.authorName,
    at: new Date(at).toISOString(),
    thread: can('thread') ? carried.thread : null,
    fields: can('rich') ? notice.fields.slice(0, 25).map(({ name, value }) => ({ name, value })) : [],
    actions: can('actions') ? carried.actions.slice(0, 20) : [],
    to: carried.to,
    link: link === null ? null : link.slice(0, 500),
  };
}

/** What a message says since an event, in the place of what it said; under a key of its own. */
export function composeEdit(
  { seq, about, at, notice }: OutboxEdit,
  now: Notice,
  carried: Carried,
): OutboundMessage {
  const row = { seq: about, at, due: at, inDigest: false, attempts: 0 };
  const message = composeMessage({ ...row, notice: { ...now, thread: notice.thread } }, carried);
  return { ...message, key: `${message.key}:edit-${seq}` };
}

/** Several in one, under the key of the last: those that are due together are always the same. */
export function composeDigest(rows: readonly OutboxRow[], carried: Carried): OutboundMessage {
  const [last] = rows.slice(-1);
  if (!last) throw new Error('a digest of nothing');
  const lines = rows.map(({ notice: { kind, title, text, authorName } }) => {
    const said = [title, text].filter((part) => part !== '').join(': ');
    return `- ${kind}${authorName === null ? '' : ` ${authorName}`}: ${said.replaceAll('\n', ' ').slice(0, 300)}`;
  });
  const title = `${rows.length} messages`;
  const notice: Notice = {
    ...last.notice,
    category: 'message',
    kind: 'STATUS',
    title,
    text: lines.join('\n'),
  };
  const about = { author: null, authorName: null, fields: [], asks: null, path: '/' };
  const message = composeMessage(
    { ...last, notice: { ...notice, ...about } },
    { ...carried, thread: null, actions: [] },
  );
  return { ...message, key: `${message.key}:digest` };
}

function textOf(notice: Notice, { capabilities, actions, thread }: Carried, link: string | null): string {
  const can = (capability: Capability) => capabilities.includes(capability);
  const quote = thread !== null && !can('thread') && notice.title !== '' ? [`> ${notice.title}`] : [];
  const fields = can('rich') ? [] : notice.fields.map(({ name, value }) => `${name}: ${value}`);
  const asks = notice.asks !== null && !can('actions') ? howToSign(actions, can('inbound'), link) : [];
  const text = notice.text.length > longestText ? `${notice.text.slice(0, longestText)}…` : notice.text;
  return [...quote, text, ...fields, ...asks].filter((part) => part !== '').join('\n');
}

/** Where there are no buttons. */
function howToSign(actions: readonly Action[], isAnswered: boolean, link: string | null): string[] {
  const typed = isAnswered
    ? actions.map(({ label, token, asksForNote }) =>
        asksForNote
          ? `${label}: answer “changes ${token}” and say why`
          : `${label}: answer “approve ${token}”`,
      )
    : [];
  return link === null ? typed : [...typed, `In the app: ${link}`];
}

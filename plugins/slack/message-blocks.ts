/** How a message looks in Slack: a headline, its text, fields, buttons, and who wrote it. */

import type { ChatPostMessageArguments } from '@slack/web-api';
import type { Action, OutboundMessage } from 'agentcoord/plugin';
import { escaped, pieces, plain, toMrkdwn } from './mrkdwn.ts';

type Block = Extract<ChatPostMessageArguments, { blocks: unknown }>['blocks'][number];
type Section = Extract<Block, { type: 'section'; text?: unknown }>;

/** One message of Slack; what is too long for one goes on in those after it. */
export interface SlackPart {
  /** For notifications, and for whoever reads the screen to others. */
  readonly text: string;
  readonly blocks: Block[];
}

/** Of Slack, in characters: of a section, and of what is sent at once, with room for the rest. */
const longestSection = 3_000;
const longestPart = 9_000;
const longestNotification = 1_000;
const fieldsPerSection = 10;

const icons = { STATUS: 'ℹ️', ERROR: '❌', SUCCESS: '✅', QUESTION: '❓', ANNOUNCEMENT: '📣' } as const;
const urgency = { LOW: '', NORMAL: '', HIGH: '🔶 *HIGH* ', URGENT: '🔴 *URGENT* ' } as const;
const styles = { primary: { style: 'primary' }, danger: { style: 'danger' }, plain: {} } as const;

/** Which of the buttons was pressed: the name says whether it asks for a note, the value is its token. */
export const actionNames = { signs: 'sign', asks: 'ask', opens: 'open' } as const;

export function partsOf(message: OutboundMessage): SlackPart[] {
  const [first = '', ...rest] = pieces(plain(message.text), longestPart);
  const head: SlackPart = {
    text: notification(message),
    blocks: [
      section(headline(message)),
      ...sections(first),
      ...fieldSections(message.fields),
      ...buttons(message),
      context(message),
    ],
  };
  return [head, ...rest.map((text) => ({ text: escaped(text.slice(0, 200)), blocks: sections(text) }))];
}

function headline({ type, priority, title, text }: OutboundMessage): string {
  const said = title.trim() === '' && text.trim() === '' ? type.toLowerCase() : title.replaceAll('\n', ' ');
  const shown = escaped(said).replaceAll('*', '∗').trim();
  return `${icons[type]} ${urgency[priority]}${shown === '' ? `*${type}*` : `*${shown}*`}`;
}

function notification({ title, text, priority, type }: OutboundMessage): string {
  const said = [title, text].filter((part) => part.trim() !== '').join(': ') || type;
  const urgent = priority === 'HIGH' || priority === 'URGENT' ? `${priority} ` : '';
  const shown = escaped(`${urgent}${said}`.slice(0, longestNotification));
  return shown === '' ? type : shown;
}

function sections(text: string): Section[] {
  if (text.trim() === '') return [];
  return fitting(text, longestSection - 200).map(section);
}

/** What is escaped is longer than it was: cut until each fits. */
function fitting(text: string, longest: number): string[] {
  return pieces(text, longest).flatMap((piece) => {
    const shown = toMrkdwn(piece);
    if (shown.length <= longestSection) return shown.trim() === '' ? [] : [shown];
    return fitting(piece, Math.floor(longest / 2));
  });
}

const section = (text: string): Section => ({
  type: 'section',
  text: { type: 'mrkdwn', text, verbatim: true },
});

function fieldSections(fields: OutboundMessage['fields']): Block[] {
  const shown = fields.map(({ name, value }) => ({
    type: 'mrkdwn' as const,
    text: `*${escaped(name)}*\n${escaped(value).slice(0, 1_500)}`,
    verbatim: true,
  }));
  const blocks: Block[] = [];
  for (let n = 0; n < shown.length; n += fieldsPerSection) {
    blocks.push({ type: 'section', fields: shown.slice(n, n + fieldsPerSection) });
  }
  return blocks;
}

function buttons({ actions, link }: OutboundMessage): Block[] {
  const open = link !== null && /^https?:\/\//.test(link) && actions.length > 0;
  const elements = [
    ...actions.map(button),
    ...(open
      ? [{ type: 'button' as const, action_id: actionNames.opens, text: words('Open the app'), url: link }]
      : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function button({ token, label, style, asksForNote }: Action, n: number) {
  return {
    type: 'button' as const,
    action_id: `${asksForNote ? actionNames.asks : actionNames.signs}:${n}`,
    text: words(label),
    value: token,
    ...styles[style],
  };
}

const words = (text: string) => ({
  type: 'plain_text' as const,
  text: plain(text).slice(0, 75) || '…',
  emoji: false,
});

function context({ author, link, at }: OutboundMessage): Block {
  const seconds = Math.floor(Date.parse(at) / 1_000);
  const time = Number.isFinite(seconds)
    ? `<!date^${seconds}^{date_short_pretty} {time}|${escaped(at).replaceAll('|', '')}>`
    : escaped(at);
  const isShown = link !== null && /^https?:\/\/[^\s|<>]+$/.test(link);
  const parts = [escaped(author ?? 'AgentCoord'), time, isShown ? `<${link}|In the app>` : ''];
  const text = parts.filter((part) => part !== '').join(' · ');
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

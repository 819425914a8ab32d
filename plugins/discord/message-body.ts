/** A message as Discord shows it: an embed with colour, fields and buttons; what is too long for that goes into a file. */
import { createHash } from 'node:crypto';
import type { Action, OutboundMessage } from 'agentcoord/plugin';
import type {
  AllowedMentionsTypes,
  APIEmbed,
  APIMessageTopLevelComponent,
  RawFile,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { ButtonStyle, ComponentType } from 'discord.js';
import { customIdOf } from './button-id.ts';
import { cut, shown } from './shown-text.ts';

/** What the bot may do in the place. */
export interface Means {
  readonly embeds: boolean;
  readonly files: boolean;
}

export interface MessageBody {
  readonly body: RESTPostAPIChannelMessageJSONBody;
  readonly files: readonly RawFile[];
}

/** Limits of Discord, in characters. */
const limits = {
  content: 2_000,
  title: 256,
  author: 200,
  description: 3_900,
  name: 256,
  embed: 5_900,
} as const;

const colors = {
  STATUS: 0x5865f2,
  ERROR: 0xda373c,
  SUCCESS: 0x248046,
  QUESTION: 0xd98a00,
  ANNOUNCEMENT: 0x8e5cd9,
} as const;
const buttonStyles = {
  primary: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const;

export function messageBody(
  message: OutboundMessage,
  means: Means,
  urgentRoleId: string | null = null,
): MessageBody {
  const isUrgent = message.priority === 'URGENT' && urgentRoleId !== null;
  const call = isUrgent ? `<@&${urgentRoleId}>` : '';
  const { look, whole } = means.embeds ? asEmbed(message, means) : asText(message, means, call);
  return {
    body: {
      content: call,
      ...look,
      components: rowsOf(message.actions),
      // Whoever writes a message calls nobody by it.
      allowed_mentions: isUrgent
        ? { parse: [], roles: [urgentRoleId] }
        : { parse: [] satisfies AllowedMentionsTypes[] },
      nonce: createHash('sha256').update(message.key).digest('base64url').slice(0, 24),
      enforce_nonce: true,
    },
    files: whole === null ? [] : [{ name: fileName, data: Buffer.from(whole), contentType: 'text/markdown' }],
  };
}

const fileName = 'message.md';

interface Look {
  readonly look: Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds'>;
  /** All of it, for a file; null: it is all there. */
  readonly whole: string | null;
}

function asEmbed(message: OutboundMessage, means: Means): Look {
  const { title, author, type, priority, at } = message;
  const { text, isWhole } = bodyText(message, limits.description, means);
  const embed: APIEmbed = {
    color: colors[type],
    footer: { text: priority === 'NORMAL' ? type : `${priority} · ${type}` },
    ...(title !== '' && { title: cut(shown(title), limits.title) }),
    ...(author !== null && { author: { name: cut(shown(author), limits.author) || '–' } }),
    ...(text !== '' && { description: text }),
    ...(!Number.isNaN(Date.parse(at)) && { timestamp: new Date(at).toISOString() }),
  };
  let room =
    limits.embed - [embed.title, embed.author?.name, embed.description, embed.footer?.text].join('').length;
  const fields = message.fields.flatMap(({ name, value }) => {
    const field = { name: cut(shown(name), limits.name) || '–', value: shown(value) || '–', inline: false };
    const least = field.name.length + Math.min(field.value.length, 40);
    if (least > room) return [];
    field.value = cut(field.value, Math.min(1_000, room - field.name.length));
    field.inline = field.value.length <= 30;
    room -= field.name.length + field.value.length;
    return [field];
  });
  const hasAll = isWhole && fields.length === message.fields.length;
  return {
    look: { embeds: [fields.length === 0 ? embed : { ...embed, fields }] },
    whole: hasAll || !means.files ? null : wholeText(message),
  };
}

/** Without the permission for embeds. */
function asText(message: OutboundMessage, means: Means, call: string): Look {
  const { title, author, fields, type, priority } = message;
  const head = [
    call,
    `[${priority === 'NORMAL' ? type : `${priority} ${type}`}]`,
    title === '' ? '' : `**${cut(shown(title), limits.title)}**`,
    author === null ? '' : `(${cut(shown(author), limits.author)})`,
  ];
  const top = head.filter((part) => part !== '').join(' ');
  const below = cut(fields.map(({ name, value }) => `**${shown(name)}**: ${shown(value)}`).join('\n'), 600);
  const { text, isWhole } = bodyText(message, limits.content - top.length - below.length - 10, means);
  const content = [top, text, below].filter((part) => part !== '').join('\n');
  return { look: { content }, whole: isWhole || !means.files ? null : wholeText(message) };
}

/** The text with the way into the app; what is cut off says where the rest is. */
function bodyText(
  { text, link }: OutboundMessage,
  longest: number,
  { files }: Means,
): { readonly text: string; readonly isWhole: boolean } {
  const said = shown(text).trim();
  const way = link === null ? '' : `\n\nIn the app: ${link}`;
  if (said.length + way.length <= longest) return { text: `${said}${way}`.trim(), isWhole: true };
  const rest = files ? `\n\n*All of it is in ${fileName}.*` : '\n\n*The rest is left out here.*';
  return { text: `${cut(said, longest - way.length - rest.length)}${rest}${way}`, isWhole: false };
}

function wholeText({ title, text, fields, link }: OutboundMessage): string {
  const lines = fields.map(({ name, value }) => `- ${shown(name)}: ${shown(value)}`).join('\n');
  const parts = [title === '' ? '' : `# ${shown(title)}`, shown(text), lines, link ?? ''];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** At most five rows of five: what belongs together for one person stays beside each other as long as there is room. */
function rowsOf(actions: readonly Action[]): APIMessageTopLevelComponent[] {
  const width = actions.length <= 10 ? 2 : 4;
  const rows: APIMessageTopLevelComponent[] = [];
  for (let first = 0; first < actions.length; first += width) {
    const components = actions.slice(first, first + width).map((action) => ({
      type: ComponentType.Button as const,
      style: buttonStyles[action.style],
      label: cut(shown(action.label), 80),
      custom_id: customIdOf(action),
    }));
    rows.push({ type: ComponentType.ActionRow, components });
  }
  return rows;
}

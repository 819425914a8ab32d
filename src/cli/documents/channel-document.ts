/** What `--json` says of a channel. Times are ISO 8601 in UTC; what is not there is null. */
import type { ChannelView } from '../../contract/channels.ts';
import { isoTime } from '../output/time-text.ts';
import type { Names } from './names.ts';

export type ChannelDocument = Omit<ChannelView, 'waitingSince' | 'lastSentAt' | 'linked'> & {
  readonly waitingSince: string | null;
  readonly lastSentAt: string | null;
  readonly linked: readonly {
    readonly person: string;
    readonly name: string;
    readonly member: string;
    readonly at: string;
  }[];
};

export function channelDocument(view: ChannelView, names: Pick<Names, 'member'>): ChannelDocument {
  const { waitingSince, lastSentAt, linked } = view;
  return {
    ...view,
    waitingSince: waitingSince === null ? null : isoTime(waitingSince),
    lastSentAt: lastSentAt === null ? null : isoTime(lastSentAt),
    linked: linked.map(({ person, memberId, at }) => ({
      person: person.id,
      name: person.name,
      member: names.member(memberId),
      at: isoTime(at),
    })),
  };
}

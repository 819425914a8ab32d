/** The first lines of every screen: whose company it is and how it is, and the screens that there are. */
import { gatesForMember } from '../model/gate-slots.ts';
import type { Hint, Screen, ScreenId, View } from '../model/screen.ts';
import type { Line, Piece } from '../text/line.ts';
import { lineWidth, piece, spread } from '../text/line.ts';

export function headerLine({ state, self }: View, isLive: boolean, note: string, width: number): Line {
  const working = state.index.tasksByState.get('leased').size;
  const ready = state.index.tasksByState.get('ready').size;
  const needed = gatesForMember(state, self).length;
  const left: Line = [
    piece('yours', '▞'),
    piece('alive', '▚ '),
    piece('key', 'AGENTCOORD '),
    piece('strong', state.company?.name ?? ''),
    piece('over', note === '' ? '' : `  ${note}`),
  ];
  const right: Line = [
    ...(needed > 0 ? [piece('yours', `◆ ${needed} ${needed === 1 ? 'needs' : 'need'} you  `)] : []),
    piece(working > 0 ? 'alive' : 'over', `${working} at work  `),
    piece(ready > 0 ? 'plain' : 'over', `${ready} ready  `),
    isLive ? piece('alive', '● live') : piece('failed', '✗ lost'),
  ];
  return spread({ left, right }, width);
}

/** With numbers to go there by, and how much is on each. */
export function tabsLine(screens: readonly Screen[], current: ScreenId, view: View, width: number): Line {
  const full = screens.flatMap((screen, i) => tab(screen, i, screen.id === current, screen.count(view)));
  if (lineWidth(full) <= width) return full;
  return screens.flatMap((screen, i) => tab(screen, i, screen.id === current, null));
}

function tab({ title }: Screen, i: number, isCurrent: boolean, count: number | null): Piece[] {
  return [
    piece(isCurrent ? 'key' : 'over', isCurrent ? `▸${i + 1} ` : ` ${i + 1} `),
    piece(isCurrent ? 'strong' : 'plain', title),
    piece(isCurrent ? 'alive' : 'over', count === null || count === 0 ? '  ' : ` ${count}  `),
  ];
}

/** Of its own keys as many as fit whole: the help has them all. */
export function hintsLine(own: readonly Hint[], always: readonly Hint[], width: number): Line {
  const right: Line = always.flatMap(({ key, does }) => [piece('key', ` ${key}`), piece('over', ` ${does}`)]);
  const room = width - lineWidth(right) - 1;
  const hints = own.map(({ key, does }): Line => [piece('key', ` ${key}`), piece('over', ` ${does} `)]);
  const all = hints.flat();
  if (lineWidth(all) <= room) return spread({ left: all, right }, width);
  const more = piece('over', ' …');
  let left: Line = [];
  for (const hint of hints) {
    const longer = [...left, ...hint];
    if (lineWidth(longer) + 2 > room) break;
    left = longer;
  }
  return spread({ left: [...left, more], right }, width);
}

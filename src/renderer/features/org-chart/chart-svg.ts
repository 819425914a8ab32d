/** The chart as an SVG picture that stands alone, in the colours that it was drawn in. Pure. */
import type { ChartLayout, Placed } from './chart-layout.ts';
import { strings } from './strings.ts';

/** Colours by the names of the theme, such as `ink`. */
export type Palette = Readonly<Record<PaletteName, string>>;
export const paletteNames = [
  'ground',
  'sunken',
  'surface',
  'raised',
  'line',
  'line-strong',
  'ink',
  'muted',
  'faint',
  'alive',
] as const;
export type PaletteName = (typeof paletteNames)[number];

const margin = 32;

/** @param colourOf the bar at the side of a member's card */
export function chartSvg(layout: ChartLayout, palette: Palette, colourOf: (id: string) => string): string {
  const left = Math.min(0, ...layout.items.map(({ box }) => box.x)) - margin;
  const width = layout.width - left + margin;
  const height = layout.height + margin * 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${-margin} ${width} ${height}" width="${width}" height="${height}" font-family="'Source Sans 3', 'Segoe UI', system-ui, sans-serif" font-size="13">`,
    `<rect x="${left}" y="${-margin}" width="${width}" height="${height}" fill="${palette.ground}"/>`,
    ...layout.lines.map(
      ({ path }) => `<path d="${path}" fill="none" stroke="${palette['line-strong']}" stroke-width="1.4"/>`,
    ),
    ...layout.items.map((item) => itemSvg(item, palette, colourOf)),
    '</svg>',
  ].join('\n');
}

function itemSvg(item: Placed, palette: Palette, colourOf: (id: string) => string): string {
  const { x, y, width, height } = item.box;
  const box = (fill: string, radius: number) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${palette.line}"/>`;
  switch (item.kind) {
    case 'top':
      return box(palette.sunken, 12) + words(x + 14, y + 22, strings.top, palette.muted, width - 28, 12);
    case 'department':
      return (
        box(palette.sunken, 12) +
        words(x + 16, y + 28, item.department.name, palette.ink, width - 80, 15, 600) +
        words(x + width - 16, y + 28, String(item.members.length), palette.faint, 60, 12, 400, 'end')
      );
    case 'team':
      return (
        box(palette.surface, 10) +
        words(x + 14, y + 23, item.team.name, palette.ink, width - 70, 13.5, 600) +
        words(x + width - 14, y + 23, String(item.members.length), palette.faint, 60, 12, 400, 'end')
      );
    case 'member':
      return (
        box(palette.raised, 6) +
        `<rect x="${x}" y="${y}" width="4" height="${height}" rx="2" fill="${colourOf(item.id)}"/>` +
        words(x + 16, y + 23, item.member.name, palette.ink, width - 30, 13.5, 600) +
        words(
          x + 16,
          y + 40,
          `${item.member.roleIds.join(', ')} · ${strings.kind[item.member.kind]}`,
          palette.faint,
          width - 30,
          11,
        )
      );
  }
}

/** Shortened to about the room that there is. */
function words(
  x: number,
  y: number,
  text: string,
  fill: string,
  room: number,
  size: number,
  weight = 400,
  anchor = 'start',
): string {
  const most = Math.max(3, Math.floor(room / (size * 0.56)));
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}">${escaped(shown)}</text>`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them
  return text.replace(/[\u0000-\u001f]/g, ' ').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
}

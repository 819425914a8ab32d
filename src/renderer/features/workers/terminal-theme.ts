/** The colours of a terminal out of the tokens of the page, as they are in the theme that is on. */
import type { ITheme } from '@xterm/xterm';

const tokens = {
  background: 'sunken',
  foreground: 'ink',
  cursor: 'sunken',
  selectionBackground: 'alive-soft',
  selectionInactiveBackground: 'alive-soft',
  scrollbarSliderBackground: 'line',
  scrollbarSliderHoverBackground: 'line-strong',
  scrollbarSliderActiveBackground: 'line-strong',
  overviewRulerBorder: 'sunken',
  black: 'faint',
  red: 'failure',
  green: 'hue-3',
  yellow: 'waiting',
  blue: 'hue-1',
  magenta: 'needs',
  cyan: 'alive',
  white: 'muted',
  brightBlack: 'faint',
  brightRed: 'failure',
  brightGreen: 'hue-3',
  brightYellow: 'waiting',
  brightBlue: 'hue-1',
  brightMagenta: 'needs',
  brightCyan: 'alive',
  brightWhite: 'ink',
} as const satisfies Partial<Record<keyof ITheme, string>>;

/** @param place where it is drawn: its colours are looked up there */
export function terminalTheme(place: HTMLElement): ITheme {
  const entries = Object.entries(tokens).map(([name, token]) => [name, tokenColour(place, token)]);
  return Object.fromEntries(entries) as ITheme;
}

/** Marks of what was found; the one that is shown stands out. */
export function matchColours(place: HTMLElement) {
  return {
    matchBackground: tokenColour(place, 'waiting-soft'),
    matchBorder: tokenColour(place, 'waiting'),
    matchOverviewRuler: tokenColour(place, 'waiting'),
    activeMatchBackground: tokenColour(place, 'needs-soft'),
    activeMatchBorder: tokenColour(place, 'needs'),
    activeMatchColorOverviewRuler: tokenColour(place, 'needs'),
  };
}

/** `#rrggbb` */
function tokenColour(place: HTMLElement, token: string): string {
  const probe = place.ownerDocument.createElement('span');
  probe.style.color = `var(--color-${token})`;
  place.append(probe);
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

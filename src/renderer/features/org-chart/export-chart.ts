/** Saves the chart as a picture in the colours of the page, or as the company's text. */
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import { saveFile } from '../../lib/files.ts';
import type { ChartLayout } from './chart-layout.ts';
import type { Palette, PaletteName } from './chart-svg.ts';
import { chartSvg, paletteNames } from './chart-svg.ts';
import type { FileAbout } from './company-yaml.ts';
import { keptText } from './kept-text.ts';

/** The page's colour as numbers: a picture that stands alone knows no theme. */
function resolveColour(colour: string): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

function pagePalette(): Palette {
  const entries = paletteNames.map((name) => [name, resolveColour(`var(--color-${name})`)] as const);
  return Object.fromEntries(entries) as Record<PaletteName, string>;
}

function svgOf(layout: ChartLayout, colourOf: (id: string) => string): string {
  return chartSvg(layout, pagePalette(), (id) => resolveColour(colourOf(id)));
}

export function saveSvg(name: string, layout: ChartLayout, colourOf: (id: string) => string): void {
  void saveFile(`${name}.svg`, new Blob([svgOf(layout, colourOf)], { type: 'image/svg+xml' }));
}

/** Browsers draw no canvas that is larger. */
const largestPx = 12_000;

/** @throws Error the browser can't draw it */
export async function savePng(
  name: string,
  layout: ChartLayout,
  colourOf: (id: string) => string,
): Promise<void> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(layout, colourOf))}`;
  await picture.decode();
  const scale = Math.min(2, largestPx / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.naturalWidth * scale);
  canvas.height = Math.round(picture.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser can’t draw a picture of this size');
  await saveFile(`${name}.png`, blob);
}

/** As it stands beside the chart: with the comments of whoever wrote it. */
export async function saveYaml(companyId: string, chart: OrgChart, about: FileAbout): Promise<void> {
  const { writeChart } = await import('./company-yaml.ts');
  const text = writeChart(keptText(companyId), chart, about);
  await saveFile(`${chart.name}.yaml`, new Blob([text], { type: 'text/yaml' }));
}

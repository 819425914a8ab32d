/** Draws a mock of the screens that the requirements ask for, as SVG. */
import type { Facts } from './facts.ts';
import { answerLines, oneLine } from './markdown.ts';

const width = 960;
const cardHeight = 84;

export function mockDrawing(facts: Facts): string {
  const cards = facts.requirements.map((text, place) =>
    card(`${place + 1}. ${oneLine(text)}`, 120 + place * (cardHeight + 16)),
  );
  const height = 160 + facts.requirements.length * (cardHeight + 16);
  const from = facts.inputs.map(
    ({ title, artifact }) => `${title}: ${artifact.path} (SHA-256 ${artifact.hash})`,
  );
  const about = [
    `Made by ${facts.brief.member.name} for "${facts.brief.task.title}".`,
    ...from,
    ...answerLines(facts),
  ];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="sans-serif">`,
    `  <title>${escapeXml(facts.subject)}</title>`,
    `  <desc>${escapeXml(about.join('\n'))}</desc>`,
    `  <rect width="${width}" height="${height}" fill="#f4f5f7"/>`,
    `  <rect width="${width}" height="72" fill="#1f2937"/>`,
    `  <text x="32" y="45" font-size="24" fill="#ffffff">${escapeXml(shortened(facts.subject, 60))}</text>`,
    ...cards,
    `</svg>`,
  ].join('\n')}\n`;
}

function card(text: string, y: number): string {
  return [
    `  <g transform="translate(32 ${y})">`,
    `    <rect width="${width - 64}" height="${cardHeight}" rx="8" fill="#ffffff" stroke="#cbd5e1"/>`,
    `    <text x="24" y="48" font-size="16" fill="#111827">${escapeXml(shortened(text, 84))}</text>`,
    `    <rect x="${width - 204}" y="24" width="116" height="36" rx="6" fill="#2563eb"/>`,
    `    <text x="${width - 146}" y="47" font-size="14" fill="#ffffff" text-anchor="middle">Open</text>`,
    `  </g>`,
  ].join('\n');
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function escapeXml(text: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return (
    text
      .replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter)
      // XML has no way to write these, not even escaped.
      .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
  );
}

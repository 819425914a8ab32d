/** How bad a finding is, in words and in colour. */
import type { Severity } from '../../../contract/review-report.ts';
import type { Tone } from '../../design/tag.tsx';
import { Tag } from '../../design/tag.tsx';
import { strings } from './strings.ts';

const tones: Record<Severity, Tone> = { high: 'failure', medium: 'waiting', low: 'plain' };

export function SeverityTag({ severity, count }: { severity: Severity; count?: number }) {
  const words = strings.severities[severity];
  return <Tag tone={tones[severity]}>{count === undefined ? words : `${count} ${words.toLowerCase()}`}</Tag>;
}

/** Why a command was refused, where it was given. */
import type { CoordError } from '../../core/error.ts';
import { Notice } from '../design/notice.tsx';
import { strings } from './strings.ts';

export function RefusalNotice({ refusal }: { refusal: CoordError | null }) {
  if (!refusal) return null;
  return (
    <Notice tone="failure" title={`${strings.refused} · ${refusal.code}`}>
      {refusal.message}
    </Notice>
  );
}

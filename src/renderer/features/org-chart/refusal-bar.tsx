/** On the chart, at its top: why the last thing could not be done, with the way out where there is one. */
import { CoordError } from '../../../core/error.ts';
import { RefusalFrame } from '../../canvas/refusal-frame.tsx';
import { Notice } from '../../design/notice.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { strings } from './strings.ts';

export function RefusalBar({
  refusal,
  onDismiss,
}: {
  refusal: CoordError | string | null;
  onDismiss: () => void;
}) {
  if (refusal === null) return null;
  const message = typeof refusal === 'string' ? refusal : refusal.message;
  return (
    <RefusalFrame dismiss={strings.dismiss} onDismiss={onDismiss}>
      {refusal instanceof CoordError ? (
        <RefusalNote key={message} refusal={refusal} />
      ) : (
        <Notice tone="failure" title={strings.refused}>
          {message}
        </Notice>
      )}
    </RefusalFrame>
  );
}

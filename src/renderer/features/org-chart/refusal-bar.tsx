/** On the chart, at its top: why the last thing could not be done, with the way out where there is one. */
import { CoordError } from '../../../core/error.ts';
import { Button } from '../../design/button.tsx';
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
    <div className="pointer-events-none absolute inset-x-0 top-3 z-20 flex justify-center px-4">
      <div className="pointer-events-auto flex max-w-xl animate-enter items-start gap-1 rounded-md bg-raised shadow-raised">
        {refusal instanceof CoordError ? (
          <RefusalNote key={message} refusal={refusal} />
        ) : (
          <Notice tone="failure" title={strings.refused}>
            {message}
          </Notice>
        )}
        <Button
          look="quiet"
          size="small"
          icon="cross"
          aria-label={strings.dismiss}
          onPress={onDismiss}
          className="m-1"
        />
      </div>
    </div>
  );
}

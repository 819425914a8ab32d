/** Short messages at the edge of the window that go by themselves. */
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button } from './button.tsx';
import { StatusDot } from './status-dot.tsx';

interface ToastMessage {
  readonly tone: 'alive' | 'failure';
  readonly text: string;
  /** Screen readers hear of it in another way. */
  readonly isSaid: boolean;
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });
const shownForMs = 6_000;

/** Says that something was done, or was refused where no better place shows it. */
export function toast(tone: ToastMessage['tone'], text: string, { isSaid = false } = {}): void {
  queue.add({ tone, text, isSaid }, { timeout: shownForMs });
}

/** Beside the sidebar at the bottom, where the fewest things are pressed. */
export function Toasts({ label, closeLabel }: { label: string; closeLabel: string }) {
  return (
    <ToastRegion
      queue={queue}
      aria-label={label}
      data-toasts
      className="fixed bottom-4 left-18 z-50 flex flex-col items-start gap-2 max-md:bottom-18 max-md:left-4 xl:left-56"
    >
      {({ toast: shown }) => (
        <AriaToast
          toast={shown}
          className="flex max-w-md animate-enter items-center gap-2.5 rounded-md border border-line-strong/60 bg-raised py-1.5 pr-1.5 pl-3 shadow-raised"
        >
          <StatusDot status={shown.content.tone} />
          <ToastContent className="flex-1" {...(shown.content.isSaid && { role: 'group' })}>
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          <Button look="quiet" size="small" slot="close" icon="cross" aria-label={closeLabel} />
        </AriaToast>
      )}
    </ToastRegion>
  );
}

/** A note of somebody, cut after three lines until it is asked for whole. */
import { useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { classNames } from '../design/class-names.ts';
import { strings } from './strings.ts';

export function ClampedNote({ note }: { note: string }) {
  const text = useRef<HTMLParagraphElement>(null);
  const [whole, setWhole] = useState(false);
  const [isCut, setIsCut] = useState(false);
  useLayoutEffect(() => {
    const box = text.current;
    if (!box) return;
    const measure = () => setIsCut(box.scrollHeight > box.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="mt-1 text-xs">
      <p
        ref={text}
        className={classNames('whitespace-pre-wrap break-words text-ink', !whole && 'line-clamp-3')}
      >
        {note}
      </p>
      {(isCut || whole) && (
        <Button
          onPress={() => setWhole(!whole)}
          className="rounded-sm text-muted underline decoration-line-strong underline-offset-2 data-hovered:text-ink"
        >
          {whole ? strings.showLess : strings.showAll}
        </Button>
      )}
    </div>
  );
}

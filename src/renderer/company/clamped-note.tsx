/** A note of somebody, cut after three lines until it is asked for whole. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { classNames } from '../design/class-names.ts';
import { strings } from './strings.ts';

/** Longer notes are cut; about three lines of a slot. */
const cutCharacters = 110;

export function ClampedNote({ note }: { note: string }) {
  const [whole, setWhole] = useState(false);
  const isLong = note.length > cutCharacters;
  return (
    <div className="mt-1 text-xs">
      <p
        className={classNames('whitespace-pre-wrap break-words text-ink', isLong && !whole && 'line-clamp-3')}
      >
        {note}
      </p>
      {isLong && (
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

/** Finds words in a log: how many lines have them, and the way from one to the next. */
import type { Ref } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { strings } from './strings.ts';

export interface LogSearchProps {
  words: string;
  onWords: (words: string) => void;
  onStep: (step: 'next' | 'previous') => void;
  found: { readonly at: number; readonly of: number };
  fieldRef: Ref<HTMLInputElement>;
}

export function LogSearch({ words, onWords, onStep, found, fieldRef }: LogSearchProps) {
  return (
    <search className="flex items-center gap-1">
      <SearchField
        aria-label={strings.search}
        value={words}
        onChange={onWords}
        className="relative flex items-center text-faint"
      >
        <Icon name="search" className="pointer-events-none absolute left-2" />
        <Input
          ref={fieldRef}
          placeholder={strings.search}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onStep(event.shiftKey ? 'previous' : 'next');
          }}
          className="h-8 w-44 rounded-md border border-line-strong bg-raised pr-2 pl-8 text-ink placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      {words !== '' && (
        <>
          <span role="status" className="whitespace-nowrap px-1 font-mono text-muted text-xs tabular-nums">
            {found.of === 0 ? strings.logNoMatch : strings.logMatch(found.at, found.of)}
          </span>
          <Button
            look="quiet"
            size="small"
            icon="up"
            aria-label={strings.previousMatch}
            isDisabled={found.of === 0}
            onPress={() => onStep('previous')}
          />
          <Button
            look="quiet"
            size="small"
            icon="down"
            aria-label={strings.nextMatch}
            isDisabled={found.of === 0}
            onPress={() => onStep('next')}
          />
        </>
      )}
    </search>
  );
}

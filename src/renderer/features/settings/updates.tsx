/** Where new versions of the app come from, how far one is, and the way into it. */
import { useState } from 'react';
import type { UpdateState } from '../../../contract/desktop-calls.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Meter } from '../../design/meter.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';
import { isUnderWay, useUpdates } from './use-updates.ts';

const words = strings.updates;

export function FeedSetting() {
  const { updates, refusal, act } = useUpdates();
  const [typed, setTyped] = useState<string | null>(null);
  if (!updates) return <Skeleton label={strings.loading} rows={1} />;
  const text = typed ?? updates.feed ?? '';
  const keep = async (feed: string | null) => {
    if (await act('setUpdateFeed', { feed })) setTyped(null);
  };
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void keep(text.trim() === '' ? null : text);
      }}
    >
      <div className="min-w-0 flex-1">
        <Field
          label={words.feed}
          placeholder={words.feedPlaceholder}
          value={text}
          onChange={setTyped}
          error={refusal?.message ?? null}
          help={words.feedHelp}
          inputMode="url"
        />
      </div>
      <Button type="submit" className="mt-5" isDisabled={text.trim() === (updates.feed ?? '')}>
        {words.keep}
      </Button>
      {updates.feed !== null && (
        <Button className="mt-5" look="quiet" onPress={() => void keep(null)}>
          {words.turnOff}
        </Button>
      )}
    </form>
  );
}

const dots: Readonly<Record<UpdateState['kind'], Status>> = {
  off: 'idle',
  current: 'done',
  checking: 'waiting',
  available: 'needs',
  downloading: 'alive',
  ready: 'needs',
  restarting: 'waiting',
  failed: 'failure',
};

export function UpdateSetting() {
  const { updates, refusal, act } = useUpdates();
  const [asks, setAsks] = useState(false);
  const busy = useLive(
    (state) => [...state.tasks.values()].filter(({ state: at }) => at === 'leased').length,
  );
  if (!updates) return <Skeleton label={strings.loading} rows={1} />;
  const { state, version, canUpdate } = updates;
  if (!canUpdate) return <p className="text-muted">{words.otherMeans(version)}</p>;
  const restart = () => {
    setAsks(false);
    void act('restartToUpdate', {});
  };
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="flex items-start gap-2.5">
        <StatusDot status={dots[state.kind]} live={isUnderWay(state)} className="mt-1" />
        <span className="min-w-0 break-words">
          {wordsOf(state, version)}
          {state.kind === 'current' && state.checkedAt !== null && (
            <span className="text-faint text-xs">
              {' '}
              {words.looked} <Ago at={state.checkedAt} />
            </span>
          )}
        </span>
      </p>
      {state.kind === 'downloading' && <Meter label={words.progress} value={state.share ?? 0} />}
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <div className="flex gap-2">
        {(state.kind === 'current' || state.kind === 'failed' || state.kind === 'available') && (
          <Button icon="retry" onPress={() => void act('checkForUpdate', {})}>
            {words.check}
          </Button>
        )}
        {state.kind === 'available' && (
          <Button look="primary" icon="tail" onPress={() => void act('downloadUpdate', {})}>
            {words.download(state.version)}
          </Button>
        )}
        {state.kind === 'ready' && (
          <Button look="primary" onPress={() => (busy > 0 ? setAsks(true) : restart())}>
            {words.restart}
          </Button>
        )}
      </div>
      <Dialog title={words.restart} closeLabel={words.later} isOpen={asks} onClose={() => setAsks(false)}>
        <div className="flex flex-col gap-4">
          <p>{words.restartMore(busy)}</p>
          <DialogActs leave={words.later} onLeave={() => setAsks(false)}>
            <Button look="primary" onPress={restart}>
              {words.restart}
            </Button>
          </DialogActs>
        </div>
      </Dialog>
    </div>
  );
}

function wordsOf(state: UpdateState, version: string): string {
  switch (state.kind) {
    case 'off':
      return words.off;
    case 'current':
      return state.checkedAt === null ? words.notYet : words.current(version);
    case 'checking':
      return words.checking;
    case 'available':
      return words.available(state.version, version);
    case 'downloading':
      return words.downloading(state.version);
    case 'ready':
      return words.ready(state.version);
    case 'restarting':
      return words.restarting;
    case 'failed':
      return state.why;
  }
}

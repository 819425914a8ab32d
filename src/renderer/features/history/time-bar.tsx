/** The slider over the whole life of the company with its landmarks, a second handle to compare with, and the film. */
import { useState } from 'react';
import { Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { Seq } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Segmented } from '../../design/segmented.tsx';
import type { Status } from '../../design/status-dot.tsx';
import { formatExact } from '../../lib/format.ts';
import { strings } from './strings.ts';
import type { Landmark } from './use-landmarks.ts';
import type { Past } from './use-past.ts';

const speeds = ['5', '50', '500'] as const;

export interface TimeBarProps {
  past: Past;
  landmarks: readonly Landmark[];
  onLandmark: (step: 1 | -1) => void;
  /** Events a second. */
  speed: number;
  onSpeed: (speed: number) => void;
  onPlay: () => void;
}

export function TimeBar({ past, landmarks, onLandmark, speed, onSpeed, onPlay }: TimeBarProps) {
  const { player, head, jump, other, compareWith } = past;
  const [dragged, setDragged] = useState<number | null>(null);
  const [otherDragged, setOtherDragged] = useState<number | null>(null);
  const seq = dragged ?? player.state.seq;
  const with_ = otherDragged ?? other;
  return (
    <div className="flex flex-col gap-1.5 border-line border-b px-6 pt-2 pb-2.5 max-md:px-4">
      <div className="relative">
        <Landmarks landmarks={landmarks} head={head} seq={seq} />
        <Slider
          minValue={1}
          maxValue={Math.max(2, head)}
          value={Math.max(1, seq)}
          onChange={setDragged}
          onChangeEnd={(to) => {
            setDragged(null);
            jump(to);
          }}
        >
          <Label className="sr-only">{strings.moment}</Label>
          <SliderTrack className="relative h-6 w-full">
            {({ state }) => (
              <>
                <span className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-line" />
                <Filled from={with_ === null ? 0 : shareOf(with_, head)} to={state.getThumbPercent(0)} />
                <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-alive bg-ground data-dragging:shadow-glow data-focus-visible:shadow-glow" />
              </>
            )}
          </SliderTrack>
        </Slider>
        {with_ !== null && (
          <Slider
            minValue={1}
            maxValue={Math.max(2, head)}
            value={with_}
            onChange={setOtherDragged}
            onChangeEnd={(to) => {
              setOtherDragged(null);
              compareWith(to as Seq);
            }}
            className="pointer-events-none absolute inset-x-0 bottom-0"
          >
            <Label className="sr-only">{strings.otherMoment}</Label>
            <SliderTrack className="relative h-6 w-full">
              <SliderThumb className="group pointer-events-auto top-1/2 size-5">
                <span className="absolute inset-1 rotate-45 rounded-[3px] border-2 border-needs bg-ground group-data-dragging:shadow-glow-needs group-data-focus-visible:shadow-glow-needs" />
              </SliderThumb>
            </SliderTrack>
          </Slider>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <span className="flex items-center">
          <Button
            look="quiet"
            icon="begin"
            aria-label={strings.landmarkBefore}
            onPress={() => onLandmark(-1)}
            isDisabled={seq <= 1}
          />
          <Button
            look="quiet"
            icon="back"
            aria-label={strings.back}
            isDisabled={seq <= 1}
            onPress={() => jump(seq - 1)}
          />
          <Button
            look={player.isPlaying ? 'secondary' : 'primary'}
            icon={player.isPlaying ? 'pause' : 'play'}
            className="mx-1 w-22"
            isDisabled={!player.isPlaying && seq >= head}
            onPress={onPlay}
          >
            {player.isPlaying ? strings.pause : strings.play}
          </Button>
          <Button
            look="quiet"
            icon="next"
            aria-label={strings.step}
            isDisabled={seq >= head}
            onPress={() => void player.step()}
          />
          <Button
            look="quiet"
            icon="end"
            aria-label={strings.landmarkAfter}
            onPress={() => onLandmark(1)}
            isDisabled={seq >= head}
          />
        </span>
        <Segmented
          label={strings.speed}
          value={String(speed) as (typeof speeds)[number]}
          onChange={(next) => onSpeed(Number(next))}
          segments={speeds.map((value) => ({ value, label: strings.speeds[value] }))}
        />
        <span className="flex-1" />
        <span role="status" className="text-right">
          {player.isLoading ? (
            strings.loading
          ) : (
            <>
              {player.at !== null && <span className="mr-3">{formatExact(player.at)}</span>}
              <span className="font-mono text-muted text-xs">{strings.momentOf(seq, head)}</span>
            </>
          )}
        </span>
        {other === null ? (
          <Button onPress={() => compareWith(player.state.seq)}>{strings.compareHere}</Button>
        ) : (
          <Button icon="cross" onPress={() => compareWith(null)}>
            {strings.comparesWith(other)}
          </Button>
        )}
        <Button isDisabled={seq >= head} onPress={() => jump(head)}>
          {strings.now}
        </Button>
      </div>
    </div>
  );
}

/** From 0 to 1. */
const shareOf = (seq: number, head: number): number => (seq - 1) / Math.max(1, head - 1);

/** The way from the beginning to the moment, or from the other one to it. */
function Filled({ from, to }: { from: number; to: number }) {
  return (
    <span
      className="absolute top-1/2 h-1 -translate-y-1/2 rounded-full bg-alive"
      style={{ left: `${Math.min(from, to) * 100}%`, width: `${Math.abs(to - from) * 100}%` }}
    />
  );
}

const inks: Record<Status, string> = {
  alive: 'bg-alive',
  done: 'bg-muted',
  waiting: 'bg-waiting',
  needs: 'bg-needs',
  failure: 'bg-failure',
  idle: 'bg-line-strong',
};

/** A tick for each, told on hover; the buttons lead from one to the next, and the audit lists them in words. */
function Landmarks({ landmarks, head, seq }: { landmarks: readonly Landmark[]; head: Seq; seq: number }) {
  return (
    <div aria-hidden="true" className="relative h-3.5">
      {landmarks.map((landmark) => (
        <span
          key={landmark.seq}
          title={`${formatExact(landmark.at)}: ${landmark.what}`}
          className={classNames(
            'absolute bottom-0 w-1 -translate-x-1/2 rounded-full',
            inks[landmark.status],
            landmark.status === 'failure' ? 'h-3.5' : 'h-2.5',
            landmark.seq > seq && 'opacity-40',
          )}
          style={{ left: `${shareOf(landmark.seq, head) * 100}%` }}
        />
      ))}
    </div>
  );
}

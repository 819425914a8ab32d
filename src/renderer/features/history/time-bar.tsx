/** The slider over the whole life of the company, and the film. */
import { useState } from 'react';
import { Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { Seq } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import { Button } from '../../design/button.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { formatExact } from '../../lib/format.ts';
import type { PastPlayer } from './past-player.ts';
import { strings } from './strings.ts';

const speeds = ['5', '50', '500'] as const;

interface TimeBarProps {
  player: PastPlayer;
  head: Seq;
  /** When the last event that is shown happened; null: not known. */
  at: EpochMs | null;
}

export function TimeBar({ player, head, at }: TimeBarProps) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>('5');
  const seq = dragged ?? player.state.seq;
  const jump = (to: number) => void player.jump(Math.min(head, Math.max(1, to)) as Seq);
  return (
    <div className="flex flex-col gap-2 border-line border-b px-6 py-3 max-md:px-4">
      <Slider
        minValue={1}
        maxValue={Math.max(2, head)}
        value={Math.max(1, seq)}
        onChange={setDragged}
        onChangeEnd={(to) => {
          setDragged(null);
          jump(to);
        }}
        className="grid grid-cols-[1fr_auto] items-center gap-x-4"
      >
        <Label className="sr-only">{strings.moment}</Label>
        <SliderTrack className="relative col-span-2 h-6 w-full">
          {({ state }) => (
            <>
              <span className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-line" />
              <span
                className="absolute top-1/2 left-0 h-1 -translate-y-1/2 rounded-full bg-alive"
                style={{ width: `${state.getThumbPercent(0) * 100}%` }}
              />
              <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-alive bg-ground data-dragging:shadow-glow data-focus-visible:shadow-glow" />
            </>
          )}
        </SliderTrack>
      </Slider>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="quiet"
          icon="back"
          aria-label={strings.back}
          isDisabled={seq <= 1}
          onPress={() => jump(seq - 1)}
        />
        <Button
          look={player.isPlaying ? 'secondary' : 'primary'}
          isDisabled={!player.isPlaying && seq >= head}
          onPress={() => (player.isPlaying ? player.pause() : player.play(Number(speed)))}
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
        <Segmented
          label={strings.speed}
          value={speed}
          onChange={(next) => {
            setSpeed(next);
            if (player.isPlaying) player.play(Number(next));
          }}
          segments={speeds.map((value) => ({ value, label: strings.speeds[value] }))}
        />
        <span className="flex-1" />
        <span role="status" className="text-right">
          {player.isLoading ? (
            strings.loading
          ) : (
            <>
              {at !== null && <span className="mr-3">{formatExact(at)}</span>}
              <span className="font-mono text-muted text-xs">{strings.momentOf(seq, head)}</span>
            </>
          )}
        </span>
        <Button isDisabled={seq >= head} onPress={() => jump(head)}>
          {strings.now}
        </Button>
      </div>
    </div>
  );
}

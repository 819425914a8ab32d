/**
 * The one place of the page that says aloud what changes by itself: calmly what asks for somebody or is done, at once what went
 * wrong. What a person does themselves is answered where they did it.
 */
import { useEffect, useRef, useState } from 'react';
import type { DurationMs } from '../../../core/units.ts';
import { cutOffSince } from '../../company/use-cut-off.ts';
import {
  useConnection,
  useConnectionStatus,
  useLive,
  useOwnHost,
  useSelf,
} from '../../lib/company-context.tsx';
import { useLiveVersion } from '../../lib/use-live-version.ts';
import type { Said, Standing } from './standing.ts';
import { saidOf, standingOf } from './standing.ts';
import { strings } from './strings.ts';

/** A busy company changes many times a second: what is new is said together. */
const gatheredFor = 2_000 as DurationMs;
/** Then it is taken away again, so that nobody who reads on finds old news. */
const standsForMs = 15_000;

const nothing: Said = { calmly: '', atOnce: '' };

export function Announcer() {
  const [said, say] = useState(nothing);
  useNews(say);
  useLine(say);
  useEffect(() => {
    if (said === nothing) return;
    const timer = setTimeout(() => say(nothing), standsForMs);
    return () => clearTimeout(timer);
  }, [said]);
  // An open dialog hides the rest of the page, but never what is said.
  return (
    <div data-live-announcer="true" className="sr-only">
      <p aria-live="polite">{said.calmly}</p>
      <p aria-live="assertive">{said.atOnce}</p>
    </div>
  );
}

/** What stood when the page was opened is no news; what came while the line was lost is. */
function useNews(say: (said: Said) => void): void {
  const { live } = useConnection();
  const self = useSelf();
  const version = useLiveVersion(gatheredFor);
  const before = useRef<Standing | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the company is folded in place, so its version says when it changed
  useEffect(() => {
    const now = standingOf(live.state, self);
    const said = saidOf(before.current ?? now, now);
    before.current = now;
    if (said.calmly !== '' || said.atOnce !== '') say(said);
  }, [live, self, version, say]);
}

/** From the page to its host, and from the host to the others. */
function useLine(say: (said: Said) => void): void {
  const isLost = useConnectionStatus().kind === 'lost';
  const own = useOwnHost();
  const isCutOff = useLive((state) => cutOffSince(state, own) !== null);
  useChange(isLost, (is) => say(is ? atOnce(strings.lineLost) : calmly(strings.lineBack)));
  useChange(isCutOff, (is) => say(is ? atOnce(strings.cutOff) : calmly(strings.backWithOthers)));
}

const calmly = (words: string): Said => ({ calmly: words, atOnce: '' });
const atOnce = (words: string): Said => ({ calmly: '', atOnce: words });

/** Calls back when it has become another than it was, also after a while in which it was not looked at. */
function useChange(is: boolean, tell: (is: boolean) => void): void {
  const was = useRef(is);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    if (was.current === is) return;
    was.current = is;
    latest.current(is);
  }, [is]);
}

/** Rules of a channel as somebody types them: taken, or refused with what was typed and what may stand there. */
import { expect, it } from 'vitest';
import { readRules } from '../../../src/cli/channels/read-rules.ts';
import { channelRulesSchema } from '../../../src/core/channel/channel-rules.ts';

const usual = channelRulesSchema.parse({});
const local = Intl.DateTimeFormat().resolvedOptions().timeZone;

it('keeps what is not said, and takes the rest', () => {
  expect(readRules({ route: [] }, usual)).toBeNull();
  const rules = readRules(
    { route: ['task=low', 'Gate=off'], quiet: '22:00-07:00@Europe/Berlin', digest: '30:normal' },
    usual,
  );
  const { gate: _, ...others } = usual.routes;
  expect(rules).toEqual({
    routes: { ...others, task: 'LOW' },
    quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' },
    digest: { everyMinutes: 30, upTo: 'NORMAL' },
  });
  expect(readRules({ route: [], quiet: '22:00-07:00' }, usual)?.quiet?.zone).toBe(local);
  expect(readRules({ route: [], quiet: 'off', digest: 'off' }, rules ?? undefined)).toMatchObject({
    ...{ quiet: null, digest: null, routes: { task: 'LOW' } },
  });
  expect(channelRulesSchema.parse(rules)).toEqual(rules);
});

it.each([
  [
    { route: ['task'] },
    /^--route task was refused: write category=priority, such as task=HIGH, or task=off\. Categories: message, .*host\. Priorities: LOW, NORMAL, HIGH, URGENT$/,
  ],
  [{ route: ['tsak=HIGH'] }, /^--route tsak=HIGH was refused: there is no category “tsak”: .*task/],
  [
    { route: ['task=very'] },
    /^--route task=very was refused: “very” is no priority: write LOW, NORMAL, HIGH, URGENT or off$/,
  ],
  [
    { quiet: '22:00–07:00' },
    /^--quiet 22:00–07:00 was refused: write from-to@zone, such as 22:00-07:00@Europe\/Berlin, or off\. .*plain hyphen/,
  ],
  [{ quiet: 'nights' }, /write from-to@zone, such as 22:00-07:00@Europe\/Berlin, or off\.$/],
  [{ quiet: '25:00-07:00' }, /“25:00” is no time of day: write 00:00 to 23:59$/],
  [{ quiet: '7:00-8:00' }, /“7:00” is no time of day/],
  [{ quiet: '07:00-07:00' }, /name two times$/],
  [
    { quiet: '22:00-07:00@Mars/Olympus' },
    /“Mars\/Olympus” is no time zone: write it as IANA names it, such as Europe\/Berlin or UTC$/,
  ],
  [{ digest: 'hourly' }, /^--digest hourly was refused: write minutes:priority, such as 60:LOW, or off$/],
  [{ digest: '0' }, /gather over 1 to 1440 minutes$/],
  [{ digest: '60:URGENT' }, /“URGENT” is not gathered up to: write LOW, NORMAL, HIGH$/],
])('refuses %o in words', (options, words) => {
  expect(() => readRules({ route: [], ...options }, usual)).toThrow(words);
});
